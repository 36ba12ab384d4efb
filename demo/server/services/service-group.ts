import type { Clock } from '@heliobus/core'
import type { ShardStatus } from '@heliobus/redis'
import type { ServiceName } from '../../src/modules/service-names.ts'
import { isBalanced, type ServiceFacts, type TakeoverFacts } from '../../src/station/service-facts.ts'
import { ledgerOf, Tally } from './books.ts'
import type { GroupQuestion, WorkerMessage, WorkerTask } from './messages.ts'
import { Replica } from './replica.ts'
import type { StartWorker } from './worker-process.ts'

const REPLICAS = 2
/** How old the newest report may be, in ms. */
const CURRENT = 3_000

export interface ServiceGroupParts {
  readonly name: ServiceName
  readonly clock: Clock
  readonly startWorker: StartWorker
  readonly task: () => WorkerTask
  /** All that is in Redis. */
  readonly accepted: Tally
}

/** A worker that has fallen silent, and what it owned then. */
interface Loss extends Pick<TakeoverFacts, 'pid' | 'why'> {
  readonly at: number
  readonly shards: readonly ShardStatus[]
}

/** A service: its replicas, and what they have told. */
export class ServiceGroup {
  readonly name: ServiceName
  readonly replicas: readonly Replica[]
  /** Resolves when all of them are members of their group. */
  readonly ready: Promise<void>
  readonly #parts: ServiceGroupParts
  readonly #told = { handled: new Tally(), discarded: 0 }
  #shards: readonly ShardStatus[] = []
  #heardAt = -Infinity
  #loss: Loss | undefined = undefined
  #takeover: TakeoverFacts | undefined = undefined
  #becomeReady: () => void = () => undefined

  constructor(parts: ServiceGroupParts) {
    const { name, clock, startWorker, task } = parts
    this.name = name
    this.#parts = parts
    this.ready = new Promise((resolve) => (this.#becomeReady = resolve))
    this.replicas = Array.from({ length: REPLICAS }, () => {
      const replica: Replica = new Replica({
        clock,
        startWorker,
        task,
        heard: (message) => this.#hear(message),
        silenced: (why) => this.#note(replica, why),
      })
      return replica
    })
  }

  /** A worker that can be told something; undefined while none can. */
  get running(): Replica | undefined {
    return this.replicas.find(({ state }) => state === 'running')
  }

  /** Asks one of them. */
  async ask(question: GroupQuestion): Promise<unknown> {
    if (this.running === undefined) throw new Error(`no worker of ${this.name} is running`)
    const answer = await this.running.ask(question)
    if (question.about === 'discard') this.#told.discarded += Number(answer)
    return answer
  }

  /** Nothing is under way: all that was accepted is handled or dead. */
  get isStill(): boolean {
    const { isCurrent, ledger } = this.facts()
    return isCurrent && isBalanced(ledger)
  }

  facts(): ServiceFacts {
    return {
      name: this.name,
      workers: this.replicas.map((replica) => ({
        pid: replica.pid,
        state: replica.state,
        shards: this.#ownedBy(replica).map(({ shard }) => shard),
        handled: replica.handled,
        redelivered: replica.redelivered,
      })),
      ledger: ledgerOf(this.#parts.accepted, this.#told, this.#shards),
      isCurrent: this.#parts.clock.elapsed() - this.#heardAt < CURRENT,
      ...(this.#takeover && { takeover: this.#takeover }),
    }
  }

  #hear(message: WorkerMessage): void {
    if (message.type === 'ready' && this.replicas.every(({ state }) => state === 'running'))
      this.#becomeReady()
    if (message.type === 'handled') this.#told.handled.add(message.ids)
    if (message.type === 'report') this.#look(message.report.group)
  }

  #look(shards: readonly ShardStatus[]): void {
    this.#shards = shards
    this.#heardAt = this.#parts.clock.elapsed()
    if (this.#loss !== undefined && isTakenOver(this.#loss, shards)) this.#close(this.#loss)
  }

  #note(replica: Replica, why: TakeoverFacts['why']): void {
    const shards = this.#ownedBy(replica)
    if (shards.length === 0) return
    this.#loss = { pid: replica.pid, why, at: this.#parts.clock.elapsed(), shards }
  }

  #close({ pid, why, at, shards }: Loss): void {
    this.#takeover = { pid, why, shards: shards.length, ms: this.#heardAt - at }
    this.#loss = undefined
  }

  /** The fence says whose lease it is. */
  #ownedBy({ fences }: Replica): readonly ShardStatus[] {
    return this.#shards.filter(({ shard, owner }) => owner !== undefined && owner.fence === fences.get(shard))
  }
}

function isTakenOver({ shards: before }: Loss, now: readonly ShardStatus[]): boolean {
  return before.every(({ shard, owner }) => {
    const other = now.find((one) => one.shard === shard)?.owner
    return other !== undefined && other.fence !== owner?.fence
  })
}
