import { type AnyDefinition, type BusEvent, isSecretName, type Secrecy, secrecyOf } from '@heliobus/core'
import { Masking } from './masking.ts'
import { SecretSearch } from './secret-search.ts'

/** What is done, in words: it stands in the recording's header. */
export const REDACTION =
  'Values that are declared as sensitive, or under names like password, token or secret, are masked'

export interface RedactionOptions {
  /** Knows what definitions declare as sensitive. */
  readonly definitionOf?: ((topic: string) => AnyDefinition | undefined) | undefined
  /** How many values of one payload are looked at; what lies beyond is not shown. Default 100,000. */
  readonly values?: number
}

/**
 * Payloads without their secrets: those that definitions declare, and what is under a name that is taken for one. What
 * holds no secret is handed on as it is; what holds one is copied. Never throws, whatever the payload is.
 */
export class Redaction {
  /** Values that were masked so far. */
  masked = 0
  readonly #definitionOf: NonNullable<RedactionOptions['definitionOf']>
  readonly #values: number
  readonly #known = new WeakMap<AnyDefinition, Secrecy>()

  constructor({ definitionOf = () => undefined, values = 100_000 }: RedactionOptions = {}) {
    this.#definitionOf = definitionOf
    this.#values = values
  }

  /** The event's data without its secrets. */
  of({ type, data }: Pick<BusEvent, 'type' | 'data'>): unknown {
    const secrecy = this.secrecyOn(type)
    if (!new SecretSearch(this.#values).finds(data, secrecy)) return data
    const masking = new Masking(this.#values)
    const shown = masking.copy(data, secrecy)
    this.masked += masking.masked
    return shown
  }

  /** What is secret in the data of such events. */
  secrecyOn(type: string): Secrecy {
    const definition = this.#definitionOf(type)
    if (definition?.sensitive === undefined) return byName
    const secrecy = this.#known.get(definition) ?? secrecyOf(definition.sensitive, isSecretName)
    this.#known.set(definition, secrecy)
    return secrecy
  }
}

const byName = secrecyOf([], isSecretName)
