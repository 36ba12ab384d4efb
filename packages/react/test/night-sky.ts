import { type Bus, createBus, defineCatalog, defineEvent, type DefinitionOf } from '@heliobus/core'
import * as z from 'zod'
import { createBusHooks } from '../src/index.ts'

export const StarSeen = defineEvent('star.seen', { data: z.object({ n: z.number() }) })
const StarLost = defineEvent('star.lost', { data: z.object({ why: z.string() }) })
export const MoonRose = defineEvent('moon.rose', { data: z.object({ n: z.number() }) })

const catalog = defineCatalog(StarSeen, StarLost, MoonRose)
export type Sky = DefinitionOf<typeof catalog>

export const { BusProvider, useBus, useEvent, useHistory, useLatest, usePublish, useStats } =
  createBusHooks<Sky>()

/** A bus that says nothing. */
export function nightSky(capacity = 1_000): Bus<Sky> {
  return createBus({ catalog, history: { capacity }, logger: { level: 'silent', log: () => undefined } })
}
