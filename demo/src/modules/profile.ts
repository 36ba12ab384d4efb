import { defineCatalog, handles, type HandlerContext, register } from '@heliobus/core'
import { AccountDeleted } from '../catalog/account.ts'
import type { ObservatoryBus, ObservatoryEvent } from '../catalog/catalog.ts'
import { ProfileCalculated } from '../catalog/system.ts'
import { BirthDataUpdated, PreferencesChanged, UserCreated } from '../catalog/user.ts'
import { answer } from './answer.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(
  UserCreated,
  BirthDataUpdated,
  PreferencesChanged,
  AccountDeleted,
  ProfileCalculated,
)

/** Calculates people's profiles. */
class Profile {
  #calculated = 0
  #preferences = 0
  #removed = 0

  get stateLine(): string {
    return `${this.#calculated} calculated · ${this.#preferences} set · ${this.#removed} removed`
  }

  @handles([UserCreated, BirthDataUpdated])
  calculate(
    event: ObservatoryEvent<'user.created' | 'user.birth_data.updated'>,
    context: HandlerContext,
  ): void {
    this.#calculated++
    answer(event, context, ProfileCalculated({ profile_id: `profile-${event.userId ?? 'nobody'}` }))
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

export function startProfile(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('profile', speaks)
  const profile = new Profile()
  register(bus, profile)
  return { scope: bus, stateLine: () => profile.stateLine }
}
