import type { AnyDefinition } from './definition.ts'
import { BusError } from './errors.ts'
import { canonical } from './topic.ts'

/** The set of definitions that a bus speaks. `D` is their union: what types topics, data and handlers. */
export interface Catalog<D extends AnyDefinition = AnyDefinition> extends Iterable<D> {
  readonly size: number
  /** By topic, in either spelling (`user:login`, `user.login`). */
  get(topic: string): D | undefined
  /** The defined topic that is most like this one, if one is close enough to be what was meant. */
  nearest(topic: string): string | undefined
}

/** A definition, or a whole catalog of them. */
type Part = AnyDefinition | Catalog

/** The definitions of a catalog; of a definition, itself. */
export type DefinitionOf<P> = P extends AnyDefinition ? P : P extends Catalog<infer D> ? D : never

/**
 * Joins definitions and catalogs into one catalog. The same definition may come twice (two modules share it); two
 * different ones for one topic throw `definition-conflict`.
 */
export function defineCatalog<const Parts extends readonly Part[]>(
  ...parts: Parts
): Catalog<DefinitionOf<Parts[number]>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parts are typed one by one; their union is not
  const definitions = parts.flatMap((part) => ('size' in part ? [...part] : [part])) as DefinitionOf<
    Parts[number]
  >[]
  const byTopic = new Map<string, DefinitionOf<Parts[number]>>()
  for (const definition of definitions) {
    const known = byTopic.get(canonical(definition.type))
    if (known !== undefined && known !== definition)
      throw new BusError('definition-conflict', { topic: definition.type })
    byTopic.set(canonical(definition.type), definition)
  }
  return {
    size: byTopic.size,
    get: (topic) => byTopic.get(canonical(topic)),
    nearest: (topic) => nearestOf(byTopic.values(), topic),
    [Symbol.iterator]: () => byTopic.values(),
  }
}

/** The one most like `topic`, if it is close enough to be what was meant. */
function nearestOf(definitions: Iterable<AnyDefinition>, topic: string): string | undefined {
  let nearest: string | undefined
  let best = Math.ceil(topic.length / 4) + 1
  for (const { type } of definitions) {
    const apart = distance(topic, type)
    if (apart < best) {
      best = apart
      nearest = type
    }
  }
  return nearest
}

/** Levenshtein's distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const above = row
    row = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(swap, above[j]! + 1, row[j - 1]! + 1))
    }
  }
  return row[b.length]!
}
