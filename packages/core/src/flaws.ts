import type { AnyDefinition } from './definition.ts'
import type { BusEvent } from './event.ts'
import type { Log } from './logger.ts'
import { isSecretName } from './secret-names.ts'
import type { Warning } from './signal.ts'
import type { Tap } from './tap.ts'

const NAMED = 1_000

/** Names what works today and will not tomorrow: once each. In development only, for a look costs microseconds. */
export class Flaws {
  readonly #tap: Tap
  readonly #log: Log
  readonly #largePayload: number
  readonly #unstable = new Set<AnyDefinition>()
  readonly #large = new Set<string>()
  readonly #secret = new Set<string>()

  /** From `largePayload` characters of JSON on a payload is large. */
  constructor(tap: Tap, log: Log, largePayload: number) {
    this.#tap = tap
    this.#log = log
    this.#largePayload = largePayload
  }

  look(event: BusEvent, definition: AnyDefinition | undefined): void {
    if (definition !== undefined) this.#lookAtSchema(event, definition)
    const { size, secrets } = looked(event.data)
    this.#lookAtSize(event, size)
    for (const way of secrets)
      if (definition?.isSensitive(way) !== true) this.#nameSecret(event, way.join('.'))
  }

  #lookAtSchema({ type, data }: BusEvent, definition: AnyDefinition): void {
    if (this.#unstable.has(definition) || definition.accepts(data)) return
    this.#unstable.add(definition)
    const detail =
      'the schema refuses its own output after a JSON round trip, so the event cannot arrive over a bridge'
    this.#tell('schema-unstable', type, detail)
  }

  #lookAtSize({ type }: BusEvent, size: number): void {
    if (size < this.#largePayload || this.#large.has(type)) return
    if (this.#large.size < NAMED) this.#large.add(type)
    const detail = `a payload of ${size} characters of JSON: let it name what it is about, and not hold all of it`
    this.#tell('payload-large', type, detail)
  }

  #nameSecret({ type }: BusEvent, path: string): void {
    const known = `${type} ${path}`
    if (this.#secret.has(known) || this.#secret.size >= NAMED) return
    this.#secret.add(known)
    const detail = `the payload carries ${path}, which looks like a secret: leave it out, or name it in the definition's sensitive; as it is, bridges send it`
    this.#tell('payload-secret', type, detail)
  }

  #tell(warning: Warning, topic: string, detail: string): void {
    this.#tap.tell({ type: 'warning', warning, topic, detail })
    this.#log.write('warn', () => ({ message: `${topic}: ${detail}` }))
  }
}

type Way = readonly string[]

/** How many characters of JSON a payload has, 0 for none; and the ways in it to what looks like a secret, `*` for any index. */
function looked(data: unknown): { readonly size: number; readonly secrets: readonly Way[] } {
  const ways = new Map<unknown, Way>()
  const secrets: Way[] = []
  try {
    const json = JSON.stringify(data, function (this: unknown, name: string, member: unknown) {
      const around = ways.get(this)
      const way = around === undefined ? [] : [...around, Array.isArray(this) ? '*' : name]
      if (around !== undefined && isSecret(way.at(-1)!, member)) secrets.push(way)
      else if (around !== undefined || ways.size === 0) ways.set(member, way) // not into what is secret itself
      return member
    })
    return { size: json?.length ?? 0, secrets }
  } catch {
    return { size: 0, secrets }
  }
}

/** A boolean gives nothing away: `hasPassword`. */
function isSecret(name: string, value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'boolean' && isSecretName(name)
}
