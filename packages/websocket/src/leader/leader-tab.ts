import type { Transport } from '@heliobus/core'
import { type ConnectOptions, createConnector } from '../client/connector.ts'
import type { Place } from '../protocol/frames.ts'
import type { KeptOutbox } from '../client/kept-outbox.ts'
import { traits } from '../client/web-socket.ts'
import { LeaderLink } from './leader-link.ts'
import type { TabLocks } from './members.ts'

export interface LeaderTabOptions extends ConnectOptions {
  /** What tabs publish, on its way through the one that has the connection. Tabs whose outbox has the same name share it. */
  readonly outbox: KeptOutbox
  /** Default the platform's. */
  readonly locks?: TabLocks
}

/**
 * A hub, over a WebSocket that all tabs of an origin share: one has the connection and hands on what comes, the others
 * listen to it. When it is closed or crashes another takes over and goes on where it left off; what is published meanwhile
 * waits in the outbox. What can't be made up for is told as a gap.
 *
 * For the hub all tabs are the one that leads: give tabs of different users outboxes of different names. Rejects as `webSocket`
 * does, and with `outbox-failed`.
 *
 * @example
 * await bridge(bus, leaderTab('wss://shop.example/bus', { outbox: indexedDbOutbox(`shop of ${user.id}`) }), { send: ['order.*'] })
 */
export function leaderTab(url: string, options: LeaderTabOptions): Transport {
  const connector = createConnector(url, options)
  let place: Place | undefined
  return {
    name: connector.name,
    traits,
    async open(port) {
      const { outbox, locks = navigator.locks } = options
      const link = new LeaderLink({ connector, port, outbox, locks, place })
      place = undefined
      await link.open()
      return {
        send: (events) => link.send(events),
        async close() {
          await link.close()
          place = link.place
        },
      }
    },
  }
}
