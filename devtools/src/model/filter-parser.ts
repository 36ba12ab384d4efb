import { readRegex, readWord, type ReadClause } from './filter-clause.ts'
import { everything, type Filter, type FilterFault } from './filter-syntax.ts'
import { type Token, tokenize } from './filter-tokens.ts'

/** A filter as far as it was understood, and what wasn't. */
export interface ParsedFilter {
  readonly filter: Filter
  readonly faults: readonly FilterFault[]
}

const LONGEST = 2_000
const DEEPEST = 64

/**
 * Reads a filter: space is and, `|` or, `-` not, parentheses group. Never throws: what is no clause is left out and
 * reported, the rest applies. Reads 2,000 characters and 64 levels at most, and reports what lies beyond.
 */
export function parseFilter(text: string): ParsedFilter {
  const faults: FilterFault[] = []
  if (text.length > LONGEST)
    faults.push({ start: LONGEST, end: text.length, reason: `only ${LONGEST} characters are read` })
  const parser = new Parser(tokenize(text.slice(0, LONGEST), faults), faults)
  return { filter: parser.whole(), faults }
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #faults: FilterFault[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[], faults: FilterFault[]) {
    this.#tokens = tokens
    this.#faults = faults
  }

  whole(): Filter {
    const parts: Filter[] = []
    while (this.#at < this.#tokens.length) {
      const part = this.#either()
      if (part !== undefined) parts.push(part)
      const token = this.#tokens[this.#at]
      if (token !== undefined) this.#fault(token, 'nothing was opened that this could close')
      this.#at++
    }
    return group('and', parts) ?? everything
  }

  #either(): Filter | undefined {
    const parts = [this.#all()]
    while (this.#tokens[this.#at]?.kind === '|') {
      const token = this.#tokens[this.#at++]!
      const part = this.#all()
      if (part === undefined) this.#fault(token, 'nothing that applies stands after |')
      parts.push(part)
    }
    return group(
      'or',
      parts.filter((part) => part !== undefined),
    )
  }

  #all(): Filter | undefined {
    const parts: Filter[] = []
    for (let token = this.#tokens[this.#at]; token && token.kind !== ')' && token.kind !== '|';) {
      const part = this.#one(token)
      if (part !== undefined) parts.push(part)
      token = this.#tokens[this.#at]
    }
    return group('and', parts)
  }

  #one(token: Token): Filter | undefined {
    this.#at++
    if (token.kind === '-') return this.#not(token)
    if (token.kind === '(') return this.#group(token)
    const clause = clauseOf(token)
    if (typeof clause !== 'string') return { kind: 'clause', clause }
    this.#fault(token, clause)
    return undefined
  }

  #not(token: Token): Filter | undefined {
    const following = this.#tokens[this.#at]
    if (following === undefined || following.kind === ')' || following.kind === '|') {
      this.#fault(token, 'nothing stands after -')
      return undefined
    }
    const part = this.#deeper(token, () => this.#one(following))
    return part && (part.kind === 'not' ? part.part : { kind: 'not', part })
  }

  #group(token: Token): Filter | undefined {
    const part = this.#deeper(token, () => this.#either())
    if (this.#tokens[this.#at]?.kind === ')') this.#at++
    else if (this.#at >= this.#tokens.length) this.#fault(token, 'the parenthesis is not closed')
    return part
  }

  #deeper(token: Token, read: () => Filter | undefined): Filter | undefined {
    if (this.#depth >= DEEPEST) {
      this.#fault(token, `only ${DEEPEST} levels are read`)
      this.#at = this.#tokens.length
      return undefined
    }
    this.#depth++
    const part = read()
    this.#depth--
    return part
  }

  #fault({ start, end }: Token, reason: string): void {
    this.#faults.push({ start, end, reason })
  }
}

function clauseOf(token: Token): ReadClause {
  if (token.kind === 'regex') return readRegex(token.text)
  return token.kind === 'text' ? { kind: 'text', text: token.text } : readWord(token.text)
}

/** One part needs no group, and a group in a group of its kind is the same group. */
function group(kind: 'and' | 'or', parts: readonly Filter[]): Filter | undefined {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]))
  return flat.length > 1 ? { kind, parts: flat } : flat[0]
}
