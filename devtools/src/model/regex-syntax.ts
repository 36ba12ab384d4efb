/** A regular expression as a tree. `edge` is the start or the end of the text. */
export type Regex =
  | { readonly kind: 'set'; readonly has: (unit: number) => boolean }
  | { readonly kind: 'edge'; readonly end: boolean }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Regex[] }
  | { readonly kind: 'repeat'; readonly part: Regex; readonly least: number; readonly most: number }

type Has = (unit: number) => boolean

const [digit, word, white] = [/\d/, /\w/, /\s/].map(
  (set): Has =>
    (unit) =>
      set.test(String.fromCharCode(unit)),
)
const sets: Readonly<Record<string, Has>> = {
  d: digit!,
  w: word!,
  s: white!,
  D: not(digit!),
  W: not(word!),
  S: not(white!),
}
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', '0': '\0' }

function not(has: Has): Has {
  return (unit) => !has(unit)
}

/** Why a regular expression can't be used here. */
export class RegexFault extends Error {}

/** Reads the regular part of JavaScript's syntax. Throws `RegexFault` for lookaround, references and what is malformed. */
export class RegexReader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  read(): Regex {
    const regex = this.#choice()
    if (this.#at < this.#source.length) throw new RegexFault('a ")" closes nothing')
    return regex
  }

  #choice(): Regex {
    const parts = [this.#sequence()]
    while (this.#take('|')) parts.push(this.#sequence())
    return { kind: 'choice', parts }
  }

  #sequence(): Regex {
    const parts: Regex[] = []
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at]!))
      parts.push(this.#repeated())
    return { kind: 'sequence', parts }
  }

  #repeated(): Regex {
    const part = this.#atom()
    const bounds = this.#bounds()
    if (bounds === undefined) return part
    if (part.kind === 'edge') throw new RegexFault("an edge of the text can't be repeated")
    this.#take('?') // lazy or greedy makes no difference to whether there is a match
    const [least, most] = bounds
    if (least > most) throw new RegexFault('the numbers in {} are out of order')
    return { kind: 'repeat', part, least, most }
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#take('?')) return [0, 1]
    const braces = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(this.#source.slice(this.#at, this.#at + 12))
    if (braces === null) return undefined
    this.#at += braces[0].length
    const [, least, comma, most] = braces
    return [
      Number(least),
      comma === '' ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most),
    ]
  }

  #atom(): Regex {
    const sign = this.#source[this.#at++]!
    if (sign === '(') return this.#group()
    if (sign === '^' || sign === '$') return { kind: 'edge', end: sign === '$' }
    if (sign === '.') return { kind: 'set', has: (unit) => unit !== 10 && unit !== 13 }
    if (sign === '[') return { kind: 'set', has: this.#class() }
    if (sign === '\\') return { kind: 'set', has: this.#escape() }
    if (/[*+?{}]/.test(sign)) throw new RegexFault('nothing to repeat')
    return { kind: 'set', has: single(sign) }
  }

  #group(): Regex {
    if (this.#take('?') && !this.#take(':'))
      throw new RegexFault('lookaround and named groups are not supported')
    const inside = this.#choice()
    if (!this.#take(')')) throw new RegexFault('a "(" is not closed')
    return inside
  }

  #escape(): Has {
    const sign = this.#source[this.#at++]
    if (sign === undefined) throw new RegexFault('it ends with a backslash')
    if (Object.hasOwn(sets, sign)) return sets[sign]!
    return single(this.#escaped(sign))
  }

  #escaped(sign: string): string {
    if (Object.hasOwn(controls, sign)) return controls[sign]!
    if (/[a-zA-Z1-9]/.test(sign)) throw new RegexFault(`\\${sign} is not supported`)
    return sign
  }

  #class(): Has {
    const negated = this.#take('^')
    const members: Has[] = []
    while (!this.#take(']')) members.push(this.#classMember())
    const has: Has = (unit) => members.some((member) => member(unit))
    return negated ? not(has) : has
  }

  #classMember(): Has {
    const first = this.#classSign()
    if (typeof first !== 'string' || this.#source[this.#at] !== '-' || this.#source[this.#at + 1] === ']')
      return typeof first === 'string' ? single(first) : first
    this.#at++
    const last = this.#classSign()
    if (typeof last !== 'string' || last < first) throw new RegexFault('a range in [] is out of order')
    return between(first.charCodeAt(0), last.charCodeAt(0))
  }

  #classSign(): string | Has {
    const sign = this.#source[this.#at++]
    if (sign === undefined) throw new RegexFault('a "[" is not closed')
    if (sign !== '\\') return sign
    const escaped = this.#source[this.#at++]
    if (escaped === undefined) throw new RegexFault('a "[" is not closed')
    return Object.hasOwn(sets, escaped) ? sets[escaped]! : this.#escaped(escaped)
  }

  #take(sign: string): boolean {
    const taken = this.#source[this.#at] === sign
    if (taken) this.#at++
    return taken
  }
}

/** Upper and lower case are the same, and that before anything is negated. */
function between(first: number, last: number): Has {
  const inside = (unit: number): boolean => unit >= first && unit <= last
  return (unit) => {
    const sign = String.fromCharCode(unit)
    return (
      inside(unit) || inside(sign.toLowerCase().charCodeAt(0)) || inside(sign.toUpperCase().charCodeAt(0))
    )
  }
}

function single(sign: string): Has {
  return between(sign.charCodeAt(0), sign.charCodeAt(0))
}
