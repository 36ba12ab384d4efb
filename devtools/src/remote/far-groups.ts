import type { Clock, GroupReport, RemoteAnswer, GroupsReport, RemoteGroups } from '@heliobus/core'

/** A process that may have groups. */
export interface GroupsPlace {
  readonly name: string
  /** `undefined` while it is not connected, and when it shows none. */
  readonly groups: RemoteGroups | undefined
}

/** A consumer group of another process, as it was heard of last. */
export interface FarGroup extends GroupReport {
  /** Unlike that of any other: the process, and the name of the group there. */
  readonly id: string
  readonly process: string
  /** `undefined` while its process is not connected. */
  readonly remote: RemoteGroups | undefined
  /** Whether it can be acted on from here. */
  readonly mayAct: boolean
}

export interface FarGroupsOptions {
  readonly clock: Clock
  readonly places: () => readonly GroupsPlace[]
  /** Called when something was heard. */
  readonly changed: () => void
}

const EVERY = 1_000 // ms

/** The consumer groups of the processes that are watched. They are asked after while somebody looks, and not before. */
export class FarGroups {
  readonly #options: FarGroupsOptions
  readonly #listeners = new Set<() => void>()
  #list: readonly FarGroup[] = []
  #watchers = 0
  #timer: unknown = undefined
  #glance: unknown = undefined

  constructor(options: FarGroupsOptions) {
    this.#options = options
  }

  get list(): readonly FarGroup[] {
    return this.#list
  }

  find(id: string): FarGroup | undefined {
    return this.#list.find((group) => group.id === id)
  }

  /** Asks each second, until the returned function is called. `listener` is called after each. */
  watch(listener: () => void = () => undefined): () => void {
    const own = (): void => listener()
    this.#listeners.add(own)
    if (this.#watchers++ === 0) void this.#goOn()
    return () => {
      if (this.#listeners.delete(own) && --this.#watchers === 0) this.#options.clock.clearTimeout(this.#timer)
    }
  }

  /** Something may have changed: asks once, a moment later, unless it is asked each second anyway. */
  glance(): void {
    if (this.#watchers > 0 || this.#glance !== undefined) return
    this.#glance = this.#options.clock.setTimeout(() => {
      this.#glance = undefined
      void this.ask()
    }, EVERY)
  }

  /** Asks once, now. Never rejects. */
  async ask(): Promise<void> {
    const places = this.#options.places()
    const found = await Promise.all(places.map((place) => this.#about(place)))
    this.#list = found.flat()
    for (const listener of this.#listeners) listener()
    this.#options.changed()
  }

  async #goOn(): Promise<void> {
    await this.ask()
    this.#options.clock.clearTimeout(this.#timer) // of whoever began while this one was waiting
    if (this.#watchers > 0) this.#timer = this.#options.clock.setTimeout(() => void this.#goOn(), EVERY)
  }

  async #about(place: GroupsPlace): Promise<readonly FarGroup[]> {
    const { name, groups } = place
    const answer: RemoteAnswer<GroupsReport> =
      groups === undefined ? { missing: `${name} is not connected` } : await groups.look()
    if ('missing' in answer) return this.#unheard(name, answer.missing)
    return answer.groups.map((report) => ({
      ...report,
      id: `${name} › ${report.name}`,
      process: name,
      remote: groups,
      mayAct: answer.mayAct,
    }))
  }

  /** What is known of its groups is old, and nothing can be done with them. */
  #unheard(process: string, failure: string): readonly FarGroup[] {
    const known = this.#list.filter((group) => group.process === process)
    return known.map((group) => ({ ...group, failure, mayAct: false, remote: undefined }))
  }
}
