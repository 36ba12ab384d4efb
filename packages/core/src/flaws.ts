import type { AnyDefinition } from './definition.ts'
import type { BusEvent } from './event.ts'
import { writtenPath } from './json-text.ts'
import type { Log } from './logger.ts'
import { secretIn } from './redaction.ts'
import { undeclared } from './secrecy.ts'
import type { Warning } from './signal.ts'
import type { Tap } from './tap.ts'

const NAMED_TYPES = 1_000
const NAMED_PATHS = 20

/** Names what works today and will not tomorrow: once each. In development only, for a look costs microseconds. */
export class Flaws {
  readonly #tap: Tap
  readonly #log: Log
  readonly #largePayload: number
  readonly #unstable = new Set<AnyDefinition>()
  readonly #large = new Set<string>()
  /** The paths of each topic. */
  readonly #secret = new Map<string, string[]>()

  /** From `largePayload` characters of JSON on a payload is large. */
  constructor(tap: Tap, log: Log, largePayload: number) {
    this.#tap = tap
    this.#log = log
    this.#largePayload = largePayload
  }

  look(event: BusEvent, definition: AnyDefinition | undefined): void {
    if (definition !== undefined) this.#lookAtSchema(event, definition)
    this.#lookAtSize(event)
    this.#lookForSecrets(event, definition?.sensitive)
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
    if (this.#large.size < NAMED_TYPES) this.#large.add(type)
    const detail = `a payload of ${size} characters of JSON: let it name what it is about, and not hold all of it`
    this.#tell('payload-large', type, detail)
  }

  #lookForSecrets({ type, data }: BusEvent, declared: readonly string[] = []): void {
    const named = this.#secret.get(type) ?? []
    if (named.length === 0 && this.#secret.size >= NAMED_TYPES) return
    while (named.length < NAMED_PATHS) {
      const path = secretIn(data, undeclared([...declared, ...named])) // what has been named counts as declared
      const pattern = path?.map((part) => (typeof part === 'number' ? '*' : part)).join('.')
      if (path === undefined || pattern === undefined || named.includes(pattern)) return
      this.#secret.set(type, named)
      named.push(pattern)
      const detail = `the payload carries ${writtenPath(path)}, which looks like a secret: leave it out, or name it in the definition's sensitive; as it is, bridges send it`
      this.#tell('payload-secret', type, detail)
    }
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
