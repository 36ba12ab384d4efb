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
  /** What was named. */
  readonly #named = new Set<string>()

  /** From `largePayload` characters of JSON on a payload is large. */
  constructor(tap: Tap, log: Log, largePayload: number) {
    this.#tap = tap
    this.#log = log
    this.#largePayload = largePayload
  }

  look({ type, data }: BusEvent, definition: AnyDefinition | undefined): void {
    const { size, secrets } = looked(data)
    if (definition?.accepts(data) === false) this.#name('schema-unstable', type, UNSTABLE)
    if (size >= this.#largePayload) this.#name('payload-large', type, large(size))
    for (const way of secrets) {
      const path = way.join('.')
      if (definition?.isSensitive(way) !== true) this.#name('payload-secret', type, secret(path), path)
    }
  }

  #name(warning: Warning, topic: string, detail: string, path: string = ''): void {
    const key = `${warning} ${topic} ${path}`
    if (this.#named.has(key) || this.#named.size >= NAMED) return
    this.#named.add(key)
    this.#tap.tell({ type: 'warning', warning, topic, detail })
    this.#log.write('warn', () => ({ message: `${topic}: ${detail}` }))
  }
}

const UNSTABLE =
  'the schema refuses its own output after a JSON round trip, so the event cannot arrive over a bridge'
const large = (size: number): string =>
  `a payload of ${size} characters of JSON: let it name what it is about, and not hold all of it`
const secret = (path: string): string =>
  `the payload carries ${path}, which looks like a secret, and bridges send it: leave it out, or declare it as sensitive`

type Way = readonly string[]

/** How many characters of JSON a payload has, 0 for none; and the ways in it to what looks like a secret, `*` for any index. */
function looked(data: unknown): { readonly size: number; readonly secrets: readonly Way[] } {
  const ways = new Map<unknown, Way>()
  const secrets: Way[] = []
  try {
    const json = JSON.stringify(data, function (this: unknown, name: string, member: unknown) {
      const around = ways.get(this)
      const way = around && [...around, Array.isArray(this) ? '*' : name]
      if (way === undefined && ways.size > 0) return member // it lies in a secret
      if (way !== undefined && isSecret(way.at(-1)!, member)) secrets.push(way)
      else ways.set(member, way ?? [])
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
