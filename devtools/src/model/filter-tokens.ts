import type { FilterFault } from './filter-syntax.ts'

/** A piece of a filter. `text` of a word is without quotes and escapes; `quoted` says where in it quoting began. */
export interface Token {
  readonly kind: 'word' | 'text' | 'regex' | '(' | ')' | '|' | '-'
  readonly text: string
  readonly start: number
  readonly end: number
}

const space = /\s/

/** Cuts a filter into tokens. Every text can be cut: a quote that isn't closed ends with the text, and is a fault. */
export function tokenize(source: string, faults: FilterFault[]): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const sign = source[at]!
    if (space.test(sign)) at++
    else {
      const token = next(source, at, faults)
      tokens.push(token)
      at = token.end
    }
  }
  return tokens
}

function next(source: string, start: number, faults: FilterFault[]): Token {
  const sign = source[start]!
  if (sign === '(' || sign === ')' || sign === '|' || sign === '-')
    return { kind: sign, text: sign, start, end: start + 1 }
  if (sign === '/') return enclosed(source, start, 'regex', faults)
  return sign === '"' ? enclosed(source, start, 'text', faults) : word(source, start, faults)
}

function enclosed(source: string, start: number, kind: 'regex' | 'text', faults: FilterFault[]): Token {
  const [text, end, closed] = upTo(source, start + 1, source[start]!)
  if (!closed)
    faults.push({ start, end, reason: kind === 'text' ? 'the quote is not closed' : 'the / is not closed' })
  return { kind, text, start, end }
}

/** Reads on to the closing sign. A backslash before that sign or, in quotes, before a backslash, stands for it. */
function upTo(source: string, from: number, sign: string): [text: string, end: number, closed: boolean] {
  let text = ''
  for (let at = from; at < source.length; at++) {
    if (source[at] === sign) return [text, at + 1, true]
    const following = source[at + 1]
    if (source[at] === '\\' && following !== undefined) {
      const plain = following === sign || (sign === '"' && following === '\\')
      text += plain ? following : source.slice(at, at + 2)
      at++
    } else text += source[at]
  }
  return [text, source.length, false]
}

function word(source: string, start: number, faults: FilterFault[]): Token {
  let text = ''
  let at = start
  while (at < source.length && !/[\s()|]/.test(source[at]!)) {
    if (source[at] === '"') {
      const [quoted, end, closed] = upTo(source, at + 1, '"')
      if (!closed) faults.push({ start: at, end, reason: 'the quote is not closed' })
      text += quoted
      at = end
    } else text += source[at++]
  }
  return { kind: 'word', text, start, end: at }
}
