import { type BusEvent, copyData, type JsonLimits, type Redactor } from '@heliobus/core'

const DEEPEST = 32

/** The data of events as it may be seen from elsewhere. */
export class Payloads {
  readonly #redactor: Redactor
  readonly #limits: JsonLimits

  /** `bytes` of JSON is the largest data that is given out. */
  constructor(redactor: Redactor, bytes: number) {
    this.#redactor = redactor
    this.#limits = { depth: DEEPEST, bytes }
  }

  /** Without its secrets, or why there is none. Never throws. */
  of(event: Pick<BusEvent, 'type' | 'data'>): { readonly data: unknown } | { readonly missing: string } {
    try {
      const { data } = this.#redactor.redacted(event, this.#limits)
      return { data: copyData(data, this.#limits) }
    } catch (error) {
      return { missing: reasonOf(error) }
    }
  }
}

/** What went wrong, in words that may be sent. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error && error.message.slice(0, 500)) || 'it cannot be read'
}
