import * as z from 'zod'
import { SERVICES } from '../modules/service-names.ts'

/** Where the page kills and pauses workers. */
export const WORKERS_PATH = 'station/workers'
/** Where the page lets the mail service of the workers fail, and mends it. */
export const MAIL_PATH = 'station/mail'

/** Where the page lets a service try once more what it gave up. */
export const LETTERS_PATH = 'station/letters'

/** What the page asks of a worker, by its process id. */
export const workerOrder = z.object({ pid: z.int().positive(), act: z.enum(['kill', 'pause']) })
export const mailOrder = z.object({ isDown: z.boolean() })
export const lettersOrder = z.object({ redrive: z.enum(SERVICES) })

export type WorkerAct = z.infer<typeof workerOrder>['act']

const count = z.int().nonnegative()

const worker = z.object({
  /** Of a dead one: the one it had. */
  pid: count,
  /** `coming back`: its process is there, and not yet a member of its group. */
  state: z.enum(['running', 'paused', 'dead', 'coming back']),
  /** Those that Redis says it owns: a dead one keeps them until its lease ends. */
  shards: z.array(count).max(1_024),
  /** Events that it, and its predecessors in this place, are done with. */
  handled: count,
  /** Events that came to it again, after their owner had begun with them. */
  redelivered: count,
})

const ledger = z.object({
  /** In Redis, for every group. */
  accepted: count,
  /** Handlers have settled, if there were any for it. Each event counts once. */
  handled: count,
  /** Dead letters of the group. */
  dead: count,
  /** Dead letters that somebody has thrown away. */
  discarded: count,
  /** Not read by the group, or read and not acknowledged. */
  open: count,
  /** Handled once more than once: at least once allows it. */
  duplicates: count,
})

const takeover = z.object({
  pid: count,
  why: z.enum(['killed', 'paused', 'ended']),
  shards: count,
  /** From then until the other owned all of them, in ms. */
  ms: z.number().nonnegative(),
})

const service = z.object({
  name: z.enum(SERVICES),
  workers: z.array(worker).max(8),
  ledger,
  /** Whether a worker has reported lately; else what Redis knows is old. */
  isCurrent: z.boolean(),
  /** The newest time that a worker took over the shards of another. */
  takeover: takeover.optional(),
})

/** The services that run as processes of their own, over Redis. */
export const servicesFacts = z.object({
  /** Of each group. */
  shards: z.int().positive(),
  /** How long a worker may be silent before others take its shards, in ms. */
  lease: z.number().positive(),
  isMailDown: z.boolean(),
  /** Events that did not fit into the station's outbox, and never came to Redis. */
  dropped: count,
  services: z.array(service),
})

/** Whether each event that was accepted is handled, or a dead letter. */
export function isBalanced({ accepted, handled, dead, discarded, open }: LedgerFacts): boolean {
  return open === 0 && accepted === handled + dead + discarded
}

export type WorkerFacts = z.infer<typeof worker>
export type LedgerFacts = z.infer<typeof ledger>
export type TakeoverFacts = z.infer<typeof takeover>
export type ServiceFacts = z.infer<typeof service>
export type ServicesFacts = z.infer<typeof servicesFacts>
