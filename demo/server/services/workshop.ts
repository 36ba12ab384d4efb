import { bridge, type Clock, type ConsumerGroup, systemClock } from '@heliobus/core'
import { catalog, type ObservatoryBus } from '../../src/catalog/catalog.ts'
import type { ServicesFacts } from '../../src/station/service-facts.ts'
import { enteringAccepted } from './accepted.ts'
import { Tally } from './books.ts'
import { forget } from './forget.ts'
import { LEASE, SHARDS, streamsOf } from './streams.ts'
import { Supervisor } from './supervisor.ts'
import { startWorkerProcess } from './worker-process.ts'

/** Where the services run, as processes of their own over Redis. */
export interface Workshop extends Pick<Supervisor, 'module' | 'order' | 'redrive' | 'setMailDown'> {
  readonly groups: readonly ConsumerGroup[]
  facts(): ServicesFacts
  /** Lets the services finish, ends them, and removes from Redis what is of no more use. */
  close(): Promise<void>
}

/** Events that wait while Redis is slow. */
const OUTBOX = 100_000
/** How long closing waits until nothing is open, in ms. */
const PATIENCE = 10_000

/**
 * Starts the services. What comes to `bus` goes to them, and what they answer comes to it. Each run has a namespace of its
 * own in Redis. Rejects when that can't be used.
 */
export async function openWorkshop(bus: ObservatoryBus, url: string): Promise<Workshop> {
  const place = { url, namespace: `heliobus-demo-${crypto.randomUUID().slice(0, 8)}` }
  const accepted = new Tally()
  const transport = enteringAccepted(streamsOf(place, 'ground-station'), accepted)
  const send = [...catalog].map(({ type }) => type)
  const line = await bridge(bus, transport, { send, relay: true, outbox: OUTBOX }).catch((error: unknown) => {
    const { host } = new URL(url) // and not the credentials
    const wayOut = 'start one of 7.0 or newer there, or let `npm start -- --redis` bring its own'
    throw new Error(`Redis can't be used at ${host}; ${wayOut}`, { cause: error })
  })
  const parts = { ...place, clock: systemClock, startWorker: startWorkerProcess, accepted }
  const supervisor = new Supervisor(parts)
  await supervisor.ready()
  return {
    groups: supervisor.groups,
    module: (service) => supervisor.module(service),
    order: (pid, act) => supervisor.order(pid, act),
    redrive: (service) => supervisor.redrive(service),
    setMailDown: (isDown) => supervisor.setMailDown(isDown),
    facts: () => ({
      shards: SHARDS,
      lease: LEASE,
      isMailDown: supervisor.isMailDown,
      dropped: line.dropped,
      services: [...supervisor.facts()],
    }),
    async close() {
      const isStill = await becomesStill(supervisor, systemClock)
      await supervisor.end()
      await line.close()
      if (isStill) await forget(place)
      else console.warn(`Some events are not handled: they are left in Redis, in ${place.namespace}`)
    },
  }
}

async function becomesStill(supervisor: Supervisor, clock: Clock): Promise<boolean> {
  const end = clock.elapsed() + PATIENCE
  while (!supervisor.isStill && clock.elapsed() < end)
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 100))
  return supervisor.isStill
}
