import { type BusEvent, isBusError, type PublishOptions } from '@heliobus/core'
import * as z from 'zod'
import { catalog, type ObservatoryBus, type ObservatoryDraft } from '../src/catalog/catalog.ts'
import { Refusal } from './refusal.ts'

const text = z.string().min(1).max(1_024)
const type = text
const data = z.unknown().optional()

/** What others may send, if it isn't a type and data alone. */
const cloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: text,
  source: text,
  type,
  data,
  subject: text.optional(),
  userid: text.optional(),
  traceparent: text.optional(),
})
const bare = z.strictObject({ type, data })

type Message = z.infer<typeof cloudEvent> | z.infer<typeof bare>

/** What is published under `source` when the message names none. */
const NOBODY = 'http'
const REMEMBERED = 1_000

/**
 * Publishes what other systems send. A CloudEvent that comes again is not published again, as far as the newest 1,000 go.
 * Throws a `Refusal`: `malformed`, or the code of the bus (`topic-unknown`, `payload-invalid`, …).
 */
export function createPublication(bus: ObservatoryBus): (body: unknown) => BusEvent {
  const known = new Map<string, BusEvent>()
  return (body) => {
    const sent = read(body)
    const key = 'id' in sent ? JSON.stringify([sent.source, sent.id]) : undefined
    const before = key === undefined ? undefined : known.get(key)
    if (before !== undefined) return before
    const event = publish(bus, sent)
    if (key !== undefined) remember(known, key, event)
    return event
  }
}

function remember(known: Map<string, BusEvent>, key: string, event: BusEvent): void {
  known.set(key, event)
  const [oldest] = known.keys()
  if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest)
}

function read(body: unknown): Message {
  const isCloudEvent = typeof body === 'object' && body !== null && 'specversion' in body
  const { data: sent, error } = (isCloudEvent ? cloudEvent : bare).safeParse(body)
  if (sent !== undefined) return sent
  const issues = error.issues.map(({ path, message }) => ({ message, path }))
  throw new Refusal(400, 'malformed', 'send a CloudEvent 1.0 as JSON, or {"type": …, "data": …}', {
    facts: { issues },
  })
}

function publish(bus: ObservatoryBus, sent: Message): BusEvent {
  const scope = bus.scope('source' in sent ? sent.source : NOBODY)
  try {
    return scope.publish(draftOf(sent))
  } catch (error) {
    throw refusalOf(error)
  } finally {
    void scope.close()
  }
}

function draftOf(sent: Message): ObservatoryDraft {
  const options: PublishOptions =
    'id' in sent ? { subject: sent.subject, userId: sent.userid, traceparent: sent.traceparent } : {}
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the bus checks it against the catalog, which is what this is for
  return { type: sent.type, data: sent.data, options } as ObservatoryDraft
}

function refusalOf(error: unknown): unknown {
  if (!isBusError(error)) return error
  const issues = isBusError(error, 'payload-invalid') ? { issues: error.details.issues } : {}
  const types = isBusError(error, 'topic-unknown') ? { known: [...catalog].map((one) => one.type) } : {}
  return new Refusal(422, error.code, error.message, { facts: { ...issues, ...types } })
}
