import { BusError, type Clock, type ConsumerGroup } from '@heliobus/core'
import { LONGEST_TEXT } from '../protocol/fields.ts'
import type { Act, GroupQuestion } from '../tap-wire/group-frames.ts'
import { type Payloads, reasonOf } from './payloads.ts'
import { Turns } from './turns.ts'
import { WatchedGroup } from './watched-group.ts'

const MOST = 16
/** How long one `act` goes on, in ms: who asked waits for its end. */
const ACTS_FOR = 5_000

export interface GroupDeskOptions {
  readonly clock: Clock
  readonly payloads: Payloads
  readonly statusEvery: number
  readonly actionsPerSecond: number
}

/** What a viewer may do, besides looking. */
export interface Rights {
  /** As it was when it was asked last. */
  readonly mayAct: boolean
  /** Asks anew. */
  readonly askMayAct: () => Promise<boolean>
}

/** Answers what viewers ask about consumer groups, and does what they may. */
export class GroupDesk {
  readonly #groups: ReadonlyMap<string, WatchedGroup>
  readonly #clock: Clock
  readonly #turns: Turns

  /** Throws `option-invalid`. */
  constructor(groups: readonly ConsumerGroup[], options: GroupDeskOptions) {
    checkNames(groups.map(({ name }) => name))
    this.#groups = new Map(groups.map((group) => [group.name, new WatchedGroup(group, options)]))
    this.#clock = options.clock
    this.#turns = new Turns(options.clock, options.actionsPerSecond)
  }

  get isEmpty(): boolean {
    return this.#groups.size === 0
  }

  /** The facts of the answer, or why there are none. Never rejects. */
  async answer(question: GroupQuestion, rights: Rights): Promise<object> {
    try {
      return question.type === 'groups' ? await this.#look(rights) : await this.#about(question, rights)
    } catch (error) {
      return { missing: reasonOf(error) }
    }
  }

  async #look({ mayAct }: Rights): Promise<object> {
    const groups = await Promise.all([...this.#groups.values()].map((group) => group.status()))
    return { mayAct, groups }
  }

  async #about(
    question: Exclude<GroupQuestion, { readonly type: 'groups' }>,
    rights: Rights,
  ): Promise<object> {
    const group = this.#groups.get(question.group)
    if (group === undefined) return { missing: 'there is no such group' }
    if (question.type === 'letters') return group.letters(question.after)
    if (question.type === 'pull-letter') return group.payload(question.letter)
    if (question.type === 'parked') return group.parked()
    if (!(await rights.askMayAct())) return { missing: 'you may look, and not act' }
    return this.#turns.take(question.which.length, () => this.#act(group, question))
  }

  async #act(group: WatchedGroup, { action, which }: Act): Promise<object> {
    const since = this.#clock.elapsed()
    let [done, gone] = [0, 0]
    try {
      for (const one of which) {
        if (this.#clock.elapsed() - since > ACTS_FOR) throw new Error('it took too long')
        if (await group.act(action, one)) done++
        else gone++
      }
    } catch (error) {
      return { done, gone, failure: reasonOf(error) }
    }
    return { done, gone }
  }
}

function checkNames(names: readonly string[]): void {
  const reason = nameFault(names)
  if (reason !== undefined) throw new BusError('option-invalid', { option: 'groups', reason })
}

function nameFault(names: readonly string[]): string | undefined {
  if (names.length > MOST) return `must be ${MOST} at most`
  if (names.some((name) => name === '' || name.length > LONGEST_TEXT)) return 'must have names'
  return new Set(names).size < names.length ? 'must have different names' : undefined
}
