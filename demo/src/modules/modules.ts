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

/** Where there is a ground station these run there, for all tabs. */
const services: readonly string[] = ['notification', 'analytics', 'search']

const starts = {
  solar_tracking: startSolarTracking,
  synthesis: startSynthesis,
  email: startEmail,
  lunar: startLunar,
  transits: startTransits,
  profile: startProfile,
  accounts: startAccounts,
  notification: startNotification,
  analytics: startAnalytics,
  search: startSearch,
  task_manager: startTaskManager,
  inventory: startInventory,
  billing: startBilling,
}

export function isService(module: string): boolean {
  return services.includes(module)
}

/** All modules; `elsewhere` gives what stands here for a service that runs elsewhere. */
export function startModules(
  observatory: ObservatoryBus,
  needs: Services,
  elsewhere?: (service: string) => Module,
): readonly Module[] {
  return Object.entries(starts).map(([name, start]) =>
    elsewhere !== undefined && isService(name) ? elsewhere(name) : start(observatory, needs),
  )
}
