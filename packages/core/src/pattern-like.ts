/** A topic, a pattern or a definition; or several. */
export type Patterns = PatternLike | readonly PatternLike[]
export type PatternLike = string | { readonly type: string }

/** The pattern itself. */
export function toPattern(pattern: PatternLike): string {
  return typeof pattern === 'string' ? pattern : pattern.type
}

export function isList(patterns: Patterns): patterns is readonly PatternLike[] {
  return Array.isArray(patterns)
}
