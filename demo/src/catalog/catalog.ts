import { type Bus, type DefinitionOf, defineCatalog, type EventFor } from '@heliobus/core'
import {
  AccountCreated,
  AccountDeleted,
  EmailSent,
  PasswordResetRequested,
  SubscriptionUpdated,
} from './account.ts'
import { FullMoon, SolarStormDetected, TransitExact } from './cosmic.ts'
import { ItemCreated, PaymentCompleted, StockLow } from './shop.ts'
import { SynthesisCompleted, SynthesisTriggered, SynthesisUpdated } from './synthesis.ts'
import { ModuleError, PluginExecuted, ProfileCalculated, SystemStartup } from './system.ts'
import { CalendarEventCreated, TaskCompleted, TaskCreated } from './task.ts'
import {
  BirthDataUpdated,
  PreferencesChanged,
  UserCreated,
  UserDeleted,
  UserLogin,
  UserRegistered,
  UserUpdated,
} from './user.ts'

const users = defineCatalog(
  UserRegistered,
  UserLogin,
  UserCreated,
  UserUpdated,
  UserDeleted,
  BirthDataUpdated,
  PreferencesChanged,
  AccountCreated,
  AccountDeleted,
  PasswordResetRequested,
  SubscriptionUpdated,
  EmailSent,
)
const sky = defineCatalog(SolarStormDetected, FullMoon, TransitExact)
const work = defineCatalog(
  ItemCreated,
  PaymentCompleted,
  StockLow,
  TaskCreated,
  TaskCompleted,
  CalendarEventCreated,
)
const modules = defineCatalog(
  ProfileCalculated,
  ModuleError,
  SynthesisTriggered,
  SynthesisCompleted,
  SynthesisUpdated,
  PluginExecuted,
  SystemStartup,
)

/** Everything that can happen in the observatory. */
export const catalog = defineCatalog(users, sky, work, modules)

type Definition = DefinitionOf<typeof catalog>

export type ObservatoryBus = Bus<Definition>

/** An event, of one type or of any. */
export type ObservatoryEvent<Type extends Definition['type'] = Definition['type']> = EventFor<
  Definition,
  Type
>

/** Something that may be published. */
export type ObservatoryDraft = ReturnType<Definition>
