import type { AnyDefinition } from './definition.ts'
import type { BusEvent } from './event.ts'
import type { JsonLimits } from './plain-copy.ts'
import { redact } from './redaction.ts'
import { type Secrecy, secrecyOf } from './secrecy.ts'

type DefinitionOf = (topic: string) => AnyDefinition | undefined

/** Takes out of events what should not go where they go: for who carries them elsewhere. Apps don't need it. */
export class Redactor {
  readonly #definitionOf: DefinitionOf
  readonly #isSecret: ((name: string) => boolean) | undefined
  readonly #undefined: Secrecy
  readonly #known = new WeakMap<AnyDefinition, Secrecy>()

  /** Hides what definitions declare, and what is under a name that `isSecret` says yes to. */
  constructor(definitionOf: DefinitionOf, isSecret?: (name: string) => boolean) {
    this.#definitionOf = definitionOf
    this.#isSecret = isSecret
    this.#undefined = secrecyOf([], isSecret)
  }

  /** The event itself when it holds no secret. Throws what `redact` throws. */
  redacted<Event extends Pick<BusEvent, 'type' | 'data'>>(event: Event, limits: JsonLimits): Event {
    const secrecy = this.#secrecyOn(event.type)
    if (secrecy.isOver) return event
    const data = redact(event.data, secrecy, limits)
    return data === event.data ? event : { ...event, data }
  }

  /** What its definition declares. */
  pathsOf({ type }: BusEvent): readonly string[] {
    return this.#definitionOf(type)?.sensitive ?? []
  }

  #secrecyOn(type: string): Secrecy {
    const definition = this.#definitionOf(type)
    if (definition === undefined) return this.#undefined
    const known = this.#known.get(definition)
    if (known !== undefined) return known
    const secrecy = secrecyOf(definition.sensitive ?? [], this.#isSecret)
    this.#known.set(definition, secrecy)
    return secrecy
  }
}
