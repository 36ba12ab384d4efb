import { type RemoteTap, systemClock } from '@heliobus/core'
import type { ConnectOptions } from '../client/connector.ts'
import { platformSocket } from '../client/socket.ts'
import { platformWake } from '../client/wake.ts'
import { usualLimits } from '../client/line.ts'
import { Watching } from './watching.ts'

/** As for `webSocket`; `name` is what the other process is called here, default the host of the URL. */
export type RemoteTapOptions = ConnectOptions

/**
 * The tap of a bus in another process, which has exposed it with `exposeTap`. Connects when somebody watches, comes back by
 * itself after a loss, and takes nothing that comes for granted. Throws a `TypeError` for a URL that is none.
 *
 * @example
 * <BusDevtools bus={bus} remotes={[remoteTap('wss://shop.example/tap', { name: 'server', token })]} />
 */
export function remoteTap(url: string, options: RemoteTapOptions = {}): RemoteTap {
  const { token, name = new URL(url).host, clock = systemClock } = options
  const { random = Math.random, wake = platformWake } = options
  const { waits = (): void => undefined } = options
  const limits = { ...usualLimits, ...options.limits }
  return {
    name,
    watch(watcher) {
      const SocketClass = options.WebSocket ?? platformSocket()
      return new Watching(watcher, {
        open: () => new SocketClass(url),
        token: () => (typeof token === 'function' ? token() : token),
        clock,
        random,
        waits,
        limits,
        wake,
      })
    },
  }
}
