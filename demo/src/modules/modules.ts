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

/**
 * Over Redis these run in processes of their own, of which each has a share of the events: what they know is a sum of what
 * each knows. The index of `search` would be torn apart.
 */
export const SERVICES = ['email', 'profile', 'notification', 'analytics'] as const

export type ServiceName = (typeof SERVICES)[number]

/** Whether a module runs in the ground station, for all tabs. */
export function runsAtStation(module: string): boolean {
  return atStation.includes(module)
}

export function isServiceName(module: string): module is ServiceName {
  return SERVICES.some((service) => service === module)
}

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
