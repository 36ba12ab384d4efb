import type { Clock, ConsumerGroup } from '@heliobus/core'
import type { RemoteModule } from '../../src/modules/delegate.ts'
import { SERVICES, type ServiceName } from '../../src/modules/service-names.ts'
import type { ServiceFacts, WorkerAct } from '../../src/station/service-facts.ts'
import { Refusal } from '../refusal.ts'
import type { Tally } from './books.ts'
import { remoteGroup } from './remote-group.ts'
import { ServiceGroup } from './service-group.ts'
import type { StreamsPlace } from './streams.ts'
import type { StartWorker } from './worker-process.ts'

export interface SupervisorParts extends StreamsPlace {
  readonly clock: Clock
  readonly startWorker: StartWorker
  /** All that is in Redis. */
  readonly accepted: Tally
}

/** Runs the workers of all services. Nobody else's process can be reached through it. */
export class Supervisor {
  readonly #groups: readonly ServiceGroup[]
  #isMailDown = false

  constructor({ url, namespace, clock, startWorker, accepted }: SupervisorParts) {
    this.#groups = SERVICES.map((name) => {
      const task = () => ({ service: name, url, namespace, isMailDown: this.#isMailDown })
      return new ServiceGroup({ name, clock, startWorker, task, accepted })
    })
  }

  /** Resolves when all workers are members of their groups. */
  async ready(): Promise<void> {
    await Promise.all(this.#groups.map(({ ready }) => ready))
  }

  get isMailDown(): boolean {
    return this.#isMailDown
  }

  setMailDown(isDown: boolean): void {
    this.#isMailDown = isDown
    for (const { replicas } of this.#groups) for (const one of replicas) one.tell({ type: 'mail', isDown })
  }

  /** Throws a `Refusal`: `worker-unknown` for a process that is no worker of ours, `worker-silent` for one that stands still. */
  order(pid: number, act: WorkerAct): void {
    const worker = this.#groups.flatMap(({ replicas }) => replicas).find((one) => one.pid === pid)
    if (worker === undefined || worker.state === 'dead')
      throw new Refusal(404, 'worker-unknown', `no worker of the observatory has the process id ${pid}`)
    if (act === 'kill') worker.kill()
    else if (!worker.pause()) throw new Refusal(409, 'worker-silent', `worker ${pid} stands still already`)
  }

  /** Lets a service try once more what it gave up. Throws a `Refusal`, `worker-silent`, when no worker is there to do it. */
  redrive(service: ServiceName): void {
    const worker = this.#groups.find(({ name }) => name === service)?.running
    if (worker === undefined) throw new Refusal(409, 'worker-silent', `no worker of ${service} is running`)
    worker.tell({ type: 'redrive' })
  }

  /** The groups, for the devtools; a worker of each answers. */
  get groups(): readonly ConsumerGroup[] {
    return this.#groups.map((group) => remoteGroup(group.name, (question) => group.ask(question)))
  }

  facts(): readonly ServiceFacts[] {
    return this.#groups.map((group) => group.facts())
  }

  /** What the workers of a service have done together, and know, each for itself. */
  module(service: ServiceName): RemoteModule | undefined {
    const replicas = this.#groups.find(({ name }) => name === service)?.replicas
    return (
      replicas && {
        handled: replicas.reduce((sum, { done }) => sum + done.handled, 0),
        failures: replicas.reduce((sum, { done }) => sum + done.failures, 0),
        state: replicas.flatMap(({ knows }) => knows ?? []).join(' | '),
      }
    )
  }

  get isStill(): boolean {
    return this.#groups.every(({ isStill }) => isStill)
  }

  /** Lets all workers end their work; resolves when their processes are gone. */
  async end(): Promise<void> {
    await Promise.all(this.#groups.flatMap(({ replicas }) => replicas).map((replica) => replica.end()))
  }
}
