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
  readonly stats: TypeStats
  /** False when any data may be published: there is no definition, and none is needed. */
  readonly checked: boolean
}

/** The definitions of a bus: those of its catalog and, on a bus without one, those that its scopes bring. */
export class Definitions {
  readonly #catalog: Catalog | undefined
  readonly #byTopic = new Map<string, AnyDefinition>()

  constructor(catalog: Catalog | undefined) {
    this.#catalog = catalog
    for (const definition of catalog ?? []) this.#byTopic.set(canonical(definition.type), definition)
  }

  /** Throws `topic-unknown` for what the bus's catalog lacks, `definition-conflict` for what is defined otherwise. */
  adopt(part: Catalog): void {
    for (const definition of part) {
      const topic = canonical(definition.type)
      const known = this.#byTopic.get(topic)
      if (known !== undefined && known !== definition)
        throw new BusError('definition-conflict', { topic: definition.type })
      if (known === undefined && this.#catalog !== undefined)
        throw new BusError('topic-unknown', { topic: definition.type })
      this.#byTopic.set(topic, definition)
    }
  }

  factsOn(topic: string, stats: Stats): TopicFacts {
    const definition = this.#byTopic.get(canonical(topic))
    const counted = stats.of(definition?.type ?? topic)
    return {
      type: definition?.type ?? counted.type,
      version: definition?.version ?? 1,
      definition,
      key: definition?.key,
      stats: counted,
      checked: definition !== undefined || this.#catalog !== undefined || isInternal(topic),
    }
  }

  /** The data as its schema gives it. Throws `topic-invalid`, `topic-unknown`, `payload-invalid`, `schema-async`. */
  check({ definition }: TopicFacts, topic: string, data: unknown): unknown {
    if (definition !== undefined) return definition.parse(data)
    if (isInternal(topic))
      throw new BusError('topic-invalid', {
        topic,
        reason: 'starts with $, which is kept for the bus itself',
      })
    if (this.#catalog !== undefined)
      throw new BusError('topic-unknown', { topic, nearest: this.#catalog.nearest(topic) })
    return data
  }
}
