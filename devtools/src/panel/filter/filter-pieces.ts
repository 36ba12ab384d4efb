import type { FilterFault } from '../../model/filter-syntax.ts'
import { type Token, tokenize } from '../../model/filter-tokens.ts'

/** A stretch of a filter's text, and how it is coloured. */
export interface Piece {
  readonly text: string
  readonly kind: 'space' | 'field' | 'value' | 'sign' | 'text' | 'regex'
  /** Part of what could not be understood. */
  readonly faulty: boolean
}

/** A filter's text in pieces, none lost: put together they are the text. */
export function piecesOf(text: string, faults: readonly FilterFault[]): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  const space = (to: number): void => {
    if (to > end) pieces.push({ text: text.slice(end, to), kind: 'space', faulty: false })
  }
  for (const token of tokenize(text, [])) {
    space(token.start)
    const faulty = faults.some((fault) => fault.start < token.end && fault.end > token.start)
    pieces.push(...tokenPieces(token, text.slice(token.start, token.end), faulty))
    end = token.end
  }
  space(text.length)
  return pieces
}

function tokenPieces({ kind }: Token, source: string, faulty: boolean): Piece[] {
  if (kind === 'text' || kind === 'regex') return [{ text: source, kind, faulty }]
  if (kind !== 'word') return [{ text: source, kind: 'sign', faulty }]
  const [field] = /^(?:[a-z]+:|(?:dur|size|data\.[^<>=]+)[<>]?=?)/.exec(source) ?? []
  if (field === undefined) return [{ text: source, kind: 'text', faulty }]
  const value: Piece = { text: source.slice(field.length), kind: 'value', faulty }
  return [{ text: field, kind: 'field', faulty }, ...(value.text === '' ? [] : [value])]
}
