import { defineCatalog, handles, type HandlerContext, register } from '@heliobus/core'
import { AccountDeleted } from '../catalog/account.ts'
import type { ObservatoryBus, ObservatoryEvent } from '../catalog/catalog.ts'
import { ProfileCalculated } from '../catalog/system.ts'
import { BirthDataUpdated, PreferencesChanged, UserCreated } from '../catalog/user.ts'
import { type Answer, answer as answerHere } from './answer.ts'
import type { Module } from './module.ts'
import type { Services } from '../services/services.ts'

const speaks = defineCatalog(
  UserCreated,
  BirthDataUpdated,
  PreferencesChanged,
  AccountDeleted,
  ProfileCalculated,
)

/** Calculates people's profiles. */
class Profile {
  readonly #answer: Answer
  #calculated = 0
  #preferences = 0
  #removed = 0

  constructor(answer: Answer) {
    this.#answer = answer
  }

  get stateLine(): string {
    return `${this.#calculated} calculated · ${this.#preferences} set · ${this.#removed} removed`
  }

  @handles([UserCreated, BirthDataUpdated])
  calculate(
    event: ObservatoryEvent<'user.created' | 'user.birth_data.updated'>,
    context: HandlerContext,
  ): void | Promise<void> {
    this.#calculated++
    return this.#answer(
      event,
      context,
      ProfileCalculated({ profile_id: `profile-${event.userId ?? 'nobody'}` }),
    )
  }

  @handles(PreferencesChanged)
  takeOver(): void {
    this.#preferences++
  }

  @handles(AccountDeleted)
  remove(): void {
    this.#removed++
  }
}

export function startProfile(observatory: ObservatoryBus, { answer = answerHere }: Services): Module {
  const bus = observatory.scope('profile', speaks)
  const profile = new Profile(answer)
  register(bus, profile)
  return { scope: bus, stateLine: () => profile.stateLine }
}
