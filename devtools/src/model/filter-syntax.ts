import type { StatusWord } from './status.ts'

/** How a number is compared. */
export type Comparison = '>' | '>=' | '<' | '<=' | '='

/** One thing that a filter asks. */
export type Clause =
  | { readonly kind: 'topic'; readonly pattern: string }
  | { readonly kind: 'is'; readonly word: StatusWord }
  | { readonly kind: 'name'; readonly field: NameField; readonly glob: string }
  /** Milliseconds for `dur`, bytes for `size`. */
  | {
      readonly kind: 'measure'
      readonly field: 'dur' | 'size'
      readonly comparison: Comparison
      readonly value: number
    }
  | {
      readonly kind: 'data'
      readonly path: readonly string[]
      readonly comparison: Comparison
      readonly value: string
    }
  /** Milliseconds before the filter was set. */
  | { readonly kind: 'since'; readonly ms: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string }

/** What is compared by name, with `*` for any characters. */
export type NameField = 'handler' | 'corr' | 'cause' | 'id' | 'source' | 'user' | 'via' | 'at' | 'subject'

/** All of them, as a list to offer. */
export const nameFields: readonly NameField[] = [
  'handler',
  'corr',
  'cause',
  'id',
  'source',
  'user',
  'via',
  'at',
  'subject',
]

/** A filter as a tree. An empty `and` lets everything through. */
export type Filter =
  | { readonly kind: 'and'; readonly parts: readonly Filter[] }
  | { readonly kind: 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'clause'; readonly clause: Clause }

/** What could not be understood, from `start` to before `end` of the text, and why. */
export interface FilterFault {
  readonly start: number
  readonly end: number
  readonly reason: string
}

/** The filter that lets everything through. */
export const everything: Filter = { kind: 'and', parts: [] }
