import * as z from 'zod'
import { servicesFacts } from './service-facts.ts'

/** Where the page asks who serves it: the ground station answers with its facts, any other server with `null`. */
export const FACTS_PATH = 'station.json'
/** Where the page cuts the cable to the hub, and mends it. */
export const CABLE_PATH = 'station/cable'
/** Where the hub takes connections. */
export const HUB_PATH = '/bus'

/** Where the devtools watch the ground station's bus. */
export const TAP_PATH = '/tap'

/** Of a path on the server that the page comes from. */
export function socketUrl(path: string): string {
  return new URL(path, location.href).href.replace(/^http/, 'ws')
}

/** What the page asks of the cable. */
export const cableOrder = z.object({ isCut: z.boolean() })

const facts = z.object({
  /** Lets a page onto the bus, and at the cable. Made anew with every start. */
  token: z.string(),
  isCut: z.boolean(),
  /** Pages that are connected. */
  pages: z.int(),
  /** Events in the log. */
  logged: z.int(),
  /** The modules that run there, or near there, for all pages. */
  modules: z.array(
    z.object({
      name: z.string(),
      place: z.string(),
      handled: z.int(),
      failures: z.int(),
      state: z.string().max(1_000),
    }),
  ),
  /** Absent: there are none, for there is no Redis. */
  services: servicesFacts.optional(),
})

/** What the ground station says of itself. */
export type StationFacts = z.infer<typeof facts>

/** Null for an answer that is not a ground station's. */
export function readFacts(answer: unknown): StationFacts | null {
  return facts.safeParse(answer).data ?? null
}
