import { canonical, countPlain, isPattern, MANY, matchSegments, parsePattern, parseTopic } from './topic.ts'

/** A pattern as the router keeps it: checked, and quick to tell from topics that it does not match. */
export interface Pattern {
  /** In the one spelling. */
  readonly text: string
  /** Absent when there is no wildcard: then the text says it all. */
  readonly segments: readonly string[] | undefined
  /** How many segments its topics have, if that is certain. */
  readonly length: number | undefined
}

/** A topic as the router keeps it. */
export interface Topic {
  readonly text: string
  readonly segments: readonly string[]
}

/** Throws `pattern-invalid`. */
export function toPattern(pattern: string): Pattern {
  if (countPlain(pattern) > 0) return { text: canonical(pattern), segments: undefined, length: undefined }
  const segments = parsePattern(pattern)
  const text = segments.join('.')
  if (!isPattern(text)) return { text, segments: undefined, length: undefined }
  return { text, segments, length: segments.includes(MANY) ? undefined : segments.length }
}

/** Throws `topic-invalid`. */
export function toTopic(topic: string): Topic {
  const segments = parseTopic(topic)
  return { text: canonical(topic), segments }
}

/** `matches`, for what was parsed before. */
export function fits({ text, segments, length }: Pattern, topic: Topic): boolean {
  if (segments === undefined) return text === topic.text
  if (length !== undefined && length !== topic.segments.length) return false
  return matchSegments(segments, topic.segments)
}
