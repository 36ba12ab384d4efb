import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { AccountDeleted } from '../catalog/account.ts'
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
export function startProfile(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('profile', speaks)
  let calculated = 0
  let preferences = 0
  let removed = 0

  bus.subscribe([UserCreated, BirthDataUpdated], (event) => {
    calculated++
    const profile_id = `profile-${event.userId ?? 'nobody'}`
    answer(event, (options) => bus.publish(ProfileCalculated({ profile_id }, options)))
  })
  bus.subscribe(PreferencesChanged, () => preferences++)
  bus.subscribe(AccountDeleted, () => removed++)

  return {
    scope: bus,
    stateLine: () => `${calculated} calculated · ${preferences} set · ${removed} removed`,
  }
}
