import type {
  Clock,
  GroupAction,
  GroupOutcome,
  GroupsReport,
  LettersPage,
  ParkedReport,
  RemoteAnswer,
  RemoteGroups,
} from '@heliobus/core'
import type { GroupAnswer, GroupQuestion } from '../tap-wire/group-frames.ts'
import { Questions } from './questions.ts'

/** Asks a process about its groups. */
export class GroupQuestions implements RemoteGroups {
  readonly #send: (question: GroupQuestion) => void
  readonly #payloads: Questions<{ readonly data: unknown }>
  readonly #groups: Questions<GroupsReport>
  readonly #letters: Questions<LettersPage>
  readonly #parked: Questions<ParkedReport>
  readonly #acted: Questions<GroupOutcome>

  /** `payloads` are answered elsewhere. */
  constructor(
    clock: Clock,
    payloads: Questions<{ readonly data: unknown }>,
    send: (question: GroupQuestion) => void,
  ) {
    this.#send = send
    this.#payloads = payloads
    this.#groups = new Questions(clock)
    this.#letters = new Questions(clock)
    this.#parked = new Questions(clock)
    this.#acted = new Questions(clock)
  }

  look(): Promise<RemoteAnswer<GroupsReport>> {
    return this.#groups.ask((request) => this.#send({ type: 'groups', request }))
  }

  letters(group: string, after?: string): Promise<RemoteAnswer<LettersPage>> {
    const more = after !== undefined && { after }
    return this.#letters.ask((request) => this.#send({ type: 'letters', request, group, ...more }))
  }

  pull(group: string, letter: string): Promise<RemoteAnswer<{ readonly data: unknown }>> {
    return this.#payloads.ask((request) => this.#send({ type: 'pull-letter', request, group, letter }))
  }

  parked(group: string): Promise<RemoteAnswer<ParkedReport>> {
    return this.#parked.ask((request) => this.#send({ type: 'parked', request, group }))
  }

  act(action: GroupAction, group: string, which: readonly string[]): Promise<RemoteAnswer<GroupOutcome>> {
    return this.#acted.ask((request) => this.#send({ type: 'act', request, group, action, which }))
  }

  take(frame: GroupAnswer): void {
    if (frame.type === 'groups') this.#groups.take(frame)
    else if (frame.type === 'letters') this.#letters.take(frame)
    else if (frame.type === 'parked') this.#parked.take(frame)
    else this.#acted.take(frame)
  }

  fail(missing: string): void {
    for (const questions of [this.#groups, this.#letters, this.#parked, this.#acted]) questions.fail(missing)
  }
}
