import { BusError } from './errors.ts'

export const ONE = '*'
export const MANY = '**'
const MAX_LENGTH = 255
const MAX_SEGMENTS = 16
const [SPACE, ASTERISK, DOT, COLON, DELETE] = [0x20, 0x2a, 0x2e, 0x3a, 0x7f] as const
const unprintable = /[\s\p{Cc}]/u

/** The segments of a topic, checked. Throws `topic-invalid`: wildcards don't name a topic. */
export function parseTopic(topic: string): readonly string[] {
  const segments = split(topic)
  if (countPlain(topic) > 0) return segments
  const reason =
    fault(topic, segments) ??
    (isPattern(topic) ? 'holds a wildcard, and wildcards only subscribe' : undefined)
  if (reason !== undefined) throw new BusError('topic-invalid', { topic, reason })
  return segments
}

/** The segments of a pattern, checked, runs of `**` written as one. Throws `pattern-invalid`. */
export function parsePattern(pattern: string): readonly string[] {
  const segments = split(pattern)
  const reason =
    fault(pattern, segments) ??
    (segments.some(isPartialWildcard) ? 'has a wildcard that is not a whole segment' : undefined)
  if (reason !== undefined) throw new BusError('pattern-invalid', { pattern, reason })
  return segments.filter((segment, index) => segment !== MANY || segments[index - 1] !== MANY)
}

/**
 * The number of segments of an ordinary topic (ASCII, no wildcard, well formed); 0 for whatever needs a closer look.
 * Most topics and patterns are ordinary, and one pass over them is several times quicker than the whole grammar.
 */
export function countPlain(text: string): number {
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return 0
  let count = 1
  let begun = false // the segment has a character
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === DOT || code === COLON) {
      if (!begun) return 0
      begun = false
      count++
    } else if (isPlain(code)) begun = true
    else return 0
  }
  return begun && count <= MAX_SEGMENTS ? count : 0
}

function isPlain(code: number): boolean {
  return code > SPACE && code < DELETE && code !== ASTERISK
}

/** The one spelling by which a topic is stored: `user:login` and `user.login` are the same topic. */
export function canonical(topic: string): string {
  return topic.includes(':') ? topic.replaceAll(':', '.') : topic
}

/** Topics of the bus itself (`$alert.raised`): a leading wildcard does not see them. */
export function isInternal(topic: string): boolean {
  return topic.startsWith('$')
}

function isWildcard(segment: string | undefined): boolean {
  return segment === ONE || segment === MANY
}

export function isPattern(text: string): boolean {
  return text.includes(ONE)
}

/**
 * The meaning of a pattern, in full: `*` is exactly one segment, `**` zero or more, anywhere, any number of times.
 * Linear in pattern × topic at worst. The router and the types are tested against it.
 */
export function matches(pattern: string, topic: string): boolean {
  return matchSegments(parsePattern(pattern), parseTopic(topic))
}

/** `matches` on segments that were parsed before. */
export function matchSegments(pattern: readonly string[], topic: readonly string[]): boolean {
  if (isWildcard(pattern[0]) && isInternal(topic[0]!)) return false
  let p = 0
  let t = 0
  let many = -1
  let taken = 0 // where the last `**` has stopped taking segments
  while (t < topic.length) {
    const wanted = pattern[p]
    if (wanted === MANY) {
      many = p++
      taken = t
    } else if (wanted === ONE || wanted === topic[t]) {
      p++
      t++
    } else if (many >= 0) {
      p = many + 1
      t = ++taken
    } else return false
  }
  while (pattern[p] === MANY) p++
  return p === pattern.length
}

function split(text: string): string[] {
  return typeof text === 'string' ? canonical(text).split('.') : []
}

function isPartialWildcard(segment: string): boolean {
  return segment.includes(ONE) && !isWildcard(segment)
}

function fault(text: string, segments: readonly string[]): string | undefined {
  if (typeof text !== 'string') return 'is not a string'
  if (text === '') return 'is empty'
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  if (segments.length > MAX_SEGMENTS) return `has more than ${MAX_SEGMENTS} segments`
  if (segments.includes('')) return 'has an empty segment'
  if (unprintable.test(text)) return 'holds white space or a control character'
  return undefined
}
