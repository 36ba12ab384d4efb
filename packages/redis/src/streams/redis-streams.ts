import { BusError, type ConsumerGroup, systemClock, type Transport } from '@heliobus/core'
import { type Observable, Subject } from 'rxjs'
import { checkName } from '../names.ts'
import type { StreamSignal } from './signal.ts'
import type { Commands } from './commands.ts'
import { type ParkedEvents, ParkedPlace } from './parked-events.ts'
import { inspectGroup, type MemberStatus, type ShardStatus } from './status.ts'
import { type StreamDeadLetters, StreamLetters } from './stream-letters.ts'
import { StreamsLink } from './streams-link.ts'
import { defaultLimits, type Limits, type RedisStreamsOptions } from './streams-options.ts'

/** The transport, and what a group has beside it. */
export interface RedisStreams extends Transport, ConsumerGroup {
  /** Of the namespace and the group. */
  readonly name: string
  /** `limits.retention`. */
  readonly retention: number
  /** What happens in this member of the group, as it happens. */
  readonly signals$: Observable<StreamSignal>
  /** What the group has given up. */
  readonly deadLetters: StreamDeadLetters
  /** What the group keeps back. */
  readonly parked: ParkedEvents
  /** What this member has at the moment. */
  status(): MemberStatus
  /** How far the group is, as Redis knows it. Needs an open bridge. */
  inspect(): Promise<readonly ShardStatus[]>
}

/**
 * At least once, and in order per key: events are kept in Redis until a member of each group has handled them, whoever is
 * killed meanwhile. Sending is acknowledged when Redis has the event. Each shard has one owner in each group; it handles the
 * events of one key one after the other, and acknowledges each when its handlers have settled. Handlers see an event again
 * when its owner ended before that: they should be idempotent (`event.id`, `context.fence`, `context.signal`).
 *
 * A bus does not get back what it publishes: publish on one bus what a group handles on another. Throws `option-invalid`;
 * opening rejects with `redis-unreachable`, and with `option-invalid` for another number of shards than before or a Redis
 * older than 7.0.
 *
 * @example
 * const client = nodeRedis(createClient({ url: 'redis://localhost:6379' }))
 * await bridge(bus, redisStreams({ client, group: 'billing' }), { send: ['order.**'] })
 */
export function redisStreams(options: RedisStreamsOptions): RedisStreams {
  const { namespace = 'hb', group, shards = 16, limits } = options
  const complete = { ...defaultLimits, ...limits }
  check({ namespace, group, shards, limits: complete })
  const signals = new Subject<StreamSignal>()
  const redelivered = new Map<number, number>()
  const tell = (signal: StreamSignal): void => {
    if (signal.type === 'redelivered')
      redelivered.set(signal.shard, (redelivered.get(signal.shard) ?? 0) + signal.count)
    signals.next(signal)
  }
  let link: StreamsLink | undefined
  const commands = (): Commands => {
    if (link === undefined) throw new BusError('redis-closed', {})
    return link.connection
  }
  const place = { commands, namespace, group: group ?? '', shards }
  const status = (): MemberStatus => ({
    shards: (link?.consumer?.consumers ?? []).map((one) => one.status),
  })
  const factsOf = (shard: number): Pick<ShardStatus, 'redelivered' | 'isHalted'> => ({
    redelivered: redelivered.get(shard) ?? 0,
    isHalted: status().shards.some((one) => one.shard === shard && one.isHalted),
  })
  return {
    name: `redis:${namespace}${group === undefined ? '' : `/${group}`}`,
    traits: {
      ordered: false, // per key
      durable: group !== undefined,
      acknowledges: true,
      reconnects: true,
      zone: 'network',
    },
    signals$: signals.asObservable(),
    deadLetters: new StreamLetters({ ...place, clock: options.clock ?? systemClock }),
    parked: new ParkedPlace(place),
    retention: complete.retention,
    status,
    inspect: async () => inspectGroup(commands(), { ...place, factsOf }),
    async open(port) {
      const opened = new StreamsLink(port, { ...options, namespace, shards, complete, tell })
      await opened.open()
      return (link = opened)
    },
  }
}

interface Choices {
  readonly namespace: string
  readonly group: string | undefined
  readonly shards: number
  readonly limits: Limits
}

function check({ namespace, group, shards, limits }: Choices): void {
  checkName('namespace', namespace)
  if (group !== undefined) checkName('group', group)
  if (!Number.isInteger(shards) || shards < 1 || shards > 1_024)
    throw invalid('shards', 'must be a whole number from 1 to 1,024')
  for (const [name, value] of Object.entries(limits))
    if (!(value > 0)) throw invalid(`limits.${name}`, 'must be above 0')
}

function invalid(option: string, reason: string): BusError {
  return new BusError('option-invalid', { option, reason })
}
