const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-([\da-f]{2})/

/** What of an event its trace context is made from. */
interface Traced {
  readonly id: string
  readonly correlationId: string
  readonly traceparent: string | undefined
}

/**
 * The W3C trace context of an event (Trace Context, level 1): the trace is its flow, the span is the event itself. As it
 * came, if it came with one; else made from its ids, the same for the same event everywhere.
 */
export function traceparentOf(event: Traced): string {
  return event.traceparent ?? `00-${hexOf(event.correlationId, 32)}-${hexOf(event.id, 16)}-01`
}

/** That of an event which another one caused: the same trace, a span of its own. */
export function childTraceparent(cause: Traced, id: string): string {
  const [, trace, flags] = TRACEPARENT.exec(traceparentOf(cause)) ?? []
  return `00-${trace ?? hexOf(cause.correlationId, 32)}-${hexOf(id, 16)}-${flags ?? '01'}`
}

/** The last digits of a UUID; of any other id a hash (FNV-1a), so that the same id is the same span. */
function hexOf(id: string, digits: number): string {
  const hex = id.replaceAll('-', '').toLowerCase()
  if (/^[\da-f]{32}$/.test(hex) && /[^0]/.test(hex.slice(-digits))) return hex.slice(-digits)
  let [text, seed] = ['', 0]
  while (text.length < digits) text += fnv(`${seed++}${id}`).toString(16).padStart(8, '0')
  return text.slice(0, digits)
}

function fnv(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0
  return hash || 1
}
