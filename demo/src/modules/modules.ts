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
import type { ServiceName } from './service-names.ts'
import { startSearch } from './search.ts'
import { startSolarTracking } from './solar-tracking.ts'
import { startSynthesis } from './synthesis.ts'
import { startTaskManager } from './task-manager.ts'
import { startTransits } from './transits.ts'
import type { Services } from '../services/services.ts'

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

/** Where there is a ground station these run there, for all tabs. */
const atStation = ['notification', 'analytics', 'search']

/** Whether a module runs in the ground station, for all tabs. */
export function runsAtStation(module: string): boolean {
  return atStation.includes(module)
}

/** One that runs in a process of its own. */
export function startModule(name: ServiceName, observatory: ObservatoryBus, needs: Services): Module {
  return starts[name](observatory, needs)
}

/** All modules; `elsewhere` gives what stands here for one that runs elsewhere, and undefined for the others. */
export function startModules(
  observatory: ObservatoryBus,
  { isOnlyPlace = false, ...needs }: Services,
  elsewhere?: (module: string) => Module | undefined,
): readonly Module[] {
  return Object.entries(starts).map(
    ([name, start]) =>
      elsewhere?.(name) ?? start(observatory, { ...needs, isOnlyPlace: isOnlyPlace && runsAtStation(name) }),
  )
}
