import { listOf, numberOf, textOf } from './replies.ts'

/** What a redrive adds to an event: for whom it is, and what there was before. */
export interface Redrive {
  readonly group: string
  /** The handler that gave up; absent when none had a part in it. */
  readonly handler?: string
  /** How often it has been redriven, this time included. */
  readonly redrives: number
  /** Calls of the handler before. */
  readonly attempts: number
}

/** One entry of a log. */
export interface Entry {
  /** Its place in the log. */
  readonly id: string
  /** The event as JSON. */
  readonly body: string
  /** The link that sent it. */
  readonly from: string
  readonly redrive: Redrive | undefined
}

/** An entry that was read before, and not acknowledged. */
export interface PendingEntry {
  readonly id: string
  /** How often it was handed out. */
  readonly deliveries: number
  /** Who began it last: a member; or `CONSUMER`, when it has not been begun once more. */
  readonly beginner: string
  /** `undefined`: it is not in the log any more. */
  readonly entry: Entry | undefined
}

/** The fields of an entry, as they are called in Redis. */
export const FIELDS = { event: 'e', from: 'f', redrive: 'r' } as const

/** `[id, [field, value, …]]` */
export function toEntry(reply: unknown): Entry {
  const [id, fields] = listOf(reply)
  return entryOf(textOf(id), fields)
}

/** `[id, deliveries, beginner, [field, value, …] or nothing]` */
export function toPending(reply: unknown): PendingEntry {
  const [id, deliveries, beginner, fields] = listOf(reply)
  const entry = fields === null || fields === undefined ? undefined : entryOf(textOf(id), fields)
  return { id: textOf(id), deliveries: numberOf(deliveries), beginner: textOf(beginner), entry }
}

function entryOf(id: string, reply: unknown): Entry {
  const fields = listOf(reply)
  return {
    id,
    body: textOf(fieldIn(fields, FIELDS.event) ?? ''),
    from: textOf(fieldIn(fields, FIELDS.from) ?? ''),
    redrive: redriveOf(fieldIn(fields, FIELDS.redrive)),
  }
}

/** `[name, value, name, value]`: a Map would cost more than the few fields. */
function fieldIn(fields: readonly unknown[], name: string): unknown {
  for (let index = 0; index + 1 < fields.length; index += 2)
    if (fields[index] === name) return fields[index + 1]
  return undefined
}

function redriveOf(field: unknown): Redrive | undefined {
  if (field === undefined) return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `redrive` alone
  return JSON.parse(textOf(field)) as Redrive
}

/** When an entry was added, epoch ms by the clock of Redis. */
export function timeOf(id: string): number {
  return Number(id.slice(0, id.indexOf('-')))
}

/** What Redis holds of it, in characters; enough to bound memory by. */
export function sizeOf({ body }: Entry): number {
  return body.length
}

/** The event of an entry as it came: nothing about it is known yet. `undefined` when it is no JSON. */
export function messageOf({ body }: Pick<Entry, 'body'>): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** A member of whatever came. */
export function memberOf(message: unknown, name: string): unknown {
  return typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined
}
