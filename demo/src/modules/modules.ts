import type { ObservatoryBus } from '../catalog/catalog.ts'
import { startAccounts } from './accounts.ts'
import { startAnalytics } from './analytics.ts'
import { startBilling } from './billing.ts'
import { startEmail } from './email.ts'
import { startInventory } from './inventory.ts'
import { startLunar } from './lunar.ts'
import type { Module } from './module.ts'
import { startNotification } from './notification.ts'
import { startProfile } from './profile.ts'
import { startSearch } from './search.ts'
import { startSolarTracking } from './solar-tracking.ts'
import { startSynthesis } from './synthesis.ts'
import { startTaskManager } from './task-manager.ts'
import { startTransits } from './transits.ts'
import type { Services } from '../services/services.ts'

const starts = [
  startSolarTracking,
  startSynthesis,
  startEmail,
  startLunar,
  startTransits,
  startProfile,
  startAccounts,
  startNotification,
  startAnalytics,
  startSearch,
  startTaskManager,
  startInventory,
  startBilling,
]

/** All modules. */
export function startModules(observatory: ObservatoryBus, services: Services): readonly Module[] {
  return starts.map((start) => start(observatory, services))
}
