import type { Catalog } from './catalog.ts'
import type { AnyDefinition } from './definition.ts'
import { BusError } from './errors.ts'
import type { Stats, TypeStats } from './stats.ts'
import { canonical, isInternal } from './topic.ts'

/** What a bus knows of one topic; looked up once for many events. */
export interface TopicFacts {
  /** As its definition spells it, else as it was spelled first. */
  readonly type: string
  readonly version: number
  readonly definition: AnyDefinition | undefined
  readonly key: AnyDefinition['key']
  readonly parse: AnyDefinition['parse'] | undefined
  readonly stats: TypeStats
}

/** The definitions of a bus: those of its catalog and, on a bus without one, those that its scopes bring. */
export class Definitions {
  readonly #catalog: Catalog | undefined
  readonly #byTopic = new Map<string, AnyDefinition>()

  constructor(catalog: Catalog | undefined) {
    this.#catalog = catalog
    for (const definition of catalog ?? []) this.#byTopic.set(canonical(definition.type), definition)
  }

  /** All of it or nothing. Throws `topic-unknown` for what the bus's catalog lacks, `definition-conflict` for the rest. */
  adopt(part: Catalog): void {
    for (const { type } of part) {
      const known = this.#byTopic.get(canonical(type))
      if (known === undefined && this.#catalog !== undefined)
        throw new BusError('topic-unknown', { topic: type })
      if (known !== undefined && known !== part.get(type))
        throw new BusError('definition-conflict', { topic: type })
    }
    for (const definition of part) this.#byTopic.set(canonical(definition.type), definition)
  }

  /** Throws `topic-invalid` for the bus's own topics, `topic-unknown`: what may not be published takes no place. */
  factsOn(topic: string, stats: Stats): TopicFacts {
    const definition = this.#byTopic.get(canonical(topic))
    if (definition === undefined) this.#refuseUnknown(topic)
    const counted = stats.of(definition?.type ?? topic)
    return {
      type: definition?.type ?? counted.type,
      version: definition?.version ?? 1,
      definition,
      key: definition?.key,
      parse: definition?.parse,
      stats: counted,
    }
  }

  #refuseUnknown(topic: string): void {
    if (isInternal(topic)) {
      throw new BusError('topic-invalid', {
        topic,
        reason: 'starts with $, which is kept for the bus itself',
      })
    }
    if (this.#catalog === undefined) return
    throw new BusError('topic-unknown', { topic, nearest: this.#catalog.nearest(topic) })
  }
}
