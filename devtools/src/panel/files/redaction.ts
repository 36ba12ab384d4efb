import { isObject, isUnreadable, kindOfObject, membersOf } from '../../model/members.ts'

/** What is done, in words: it stands in the recording's header. */
export const REDACTION = 'Values under names like password, token or secret are masked'
const MASK = '(masked)'

// A name is a secret's when it contains one of the first, or is one of the second. Letters only: `API_KEY` is `apikey`.
const parts =
  /password|passwd|passphrase|secret|token|apikey|privatekey|credential|authorization|cookie|sessionid|cardnumber|creditcard/
const wholes = /^(pwd|pass|pin|otp|cvv|cvc|ssn|iban|auth|jwt)$/

const LEVELS = 64
const VALUES = 100_000

function isSecret(name: string): boolean {
  const letters = name.toLowerCase().replace(/[^a-z]/g, '')
  return parts.test(letters) || wholes.test(letters)
}

/**
 * A payload without what should not leave the page. What holds no secret is handed on as it is; what holds one is copied.
 * Beyond 64 levels or 100,000 values nothing is handed on. Never throws, whatever the payload is.
 */
export class Redaction {
  /** Values that were masked so far. */
  masked = 0
  #values = 0

  /** The data without its secrets. */
  of(data: unknown): unknown {
    this.#values = 0
    return this.#open(data, 0)
  }

  #open(value: unknown, level: number): unknown {
    if (!isObject(value) || isUnreadable(value)) return value
    if (level >= LEVELS || this.#values >= VALUES) return '(too large to look for secrets)'
    const kind = kindOfObject(value)
    if (kind === 'date' || kind === 'error' || kind === 'closed') return value
    return this.#members(value, kind === 'list', level)
  }

  #members(object: object, isList: boolean, level: number): unknown {
    const members: [string, unknown][] = []
    let isSame = true
    for (const [name, member] of membersOf(object, VALUES)) {
      this.#values++
      const kept = !isList && isSecret(name) ? this.#mask(member) : this.#open(member, level + 1)
      isSame &&= kept === member
      members.push([name, kept])
    }
    if (isSame) return object
    return isList ? members.map(([, member]) => member) : Object.fromEntries(members)
  }

  #mask(value: unknown): unknown {
    if (value === undefined || value === null) return value
    this.masked++
    return MASK
  }
}
