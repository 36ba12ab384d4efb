import type { AnyDefinition } from './definition.ts'
import type { BusEvent } from './event.ts'
import type { Log } from './logger.ts'
import type { Warning } from './signal.ts'
import type { Tap } from './tap.ts'

const LARGE_TYPES = 1_000

/** Names what works today and will not tomorrow: once each. In development only, for a look costs microseconds. */
export class Flaws {
  readonly #tap: Tap
  readonly #log: Log
  readonly #largePayload: number
  readonly #unstable = new Set<AnyDefinition>()
  readonly #large = new Set<string>()

  /** From `largePayload` characters of JSON on a payload is large. */
  constructor(tap: Tap, log: Log, largePayload: number) {
    this.#tap = tap
    this.#log = log
    this.#largePayload = largePayload
  }

  look(event: BusEvent, definition: AnyDefinition | undefined): void {
    if (definition !== undefined) this.#lookAtSchema(event, definition)
    this.#lookAtSize(event)
  }

  #lookAtSchema({ type, data }: BusEvent, definition: AnyDefinition): void {
    if (this.#unstable.has(definition) || definition.accepts(data)) return
    this.#unstable.add(definition)
    const detail =
      'the schema refuses its own output after a JSON round trip, so the event cannot arrive over a bridge'
    this.#tell('schema-unstable', type, detail)
  }

  #lookAtSize({ type, data }: BusEvent): void {
    const size = jsonSize(data)
    if (size < this.#largePayload || this.#large.has(type)) return
    if (this.#large.size < LARGE_TYPES) this.#large.add(type)
    const detail = `a payload of ${size} characters of JSON: let it name what it is about, and not hold all of it`
    this.#tell('payload-large', type, detail)
  }

  #tell(warning: Warning, topic: string, detail: string): void {
    this.#tap.tell({ type: 'warning', warning, topic, detail })
    this.#log.write('warn', () => ({ message: `${topic}: ${detail}` }))
  }
}

/** In characters; 0 for what has no JSON. */
function jsonSize(data: unknown): number {
  try {
    return JSON.stringify(data)?.length ?? 0
  } catch {
    return 0
  }
}
