import type { Catalog } from './catalog.ts'
import type { AnyDefinition } from './definition.ts'
import { BusError } from './errors.ts'
import { type Stats, TypeStats } from './stats.ts'
import { canonical, isInternal } from './topic.ts'

/** What a bus knows of one topic; looked up once for many events. */
export interface TopicFacts {
  /** As its definition spells it, else as it was spelled first. */
  readonly type: string
  readonly version: number
  readonly definition: AnyDefinition | undefined
  readonly key: AnyDefinition['key']
  readonly parse: AnyDefinition['parse'] | undefined
  /** The newest event of each key is kept for who subscribes later. */
  readonly retain: boolean
  /** Publishing it takes more than checking its data. */
  readonly needsCare: boolean
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

  /** Throws `topic-unknown`: what may not be published takes no place. */
  factsOn(topic: string, stats: Stats): TopicFacts {
    const definition = this.#byTopic.get(canonical(topic))
    if (isInternal(topic)) return internalFacts(topic)
    return definition === undefined ? this.#undefinedFacts(topic, stats) : definedFacts(definition, stats)
  }

  #undefinedFacts(topic: string, stats: Stats): TopicFacts {
    this.#refuseUnknown(topic)
    const counted = stats.of(topic)
    return bareFacts(counted.type, counted, undefined)
  }

  #refuseUnknown(topic: string): void {
    if (this.#catalog === undefined) return
    throw new BusError('topic-unknown', { topic, nearest: this.#catalog.nearest(topic) })
  }
}

/**
 * What is known of a topic without a definition. Written out, with its members in the order of the other: engines then know
 * but one kind of facts. A spread here made each publish among 1,000 topics cost 4 times as much.
 */
function bareFacts(type: string, stats: TypeStats, parse: TopicFacts['parse']): TopicFacts {
  return {
    type,
    version: 1,
    definition: undefined,
    key: undefined,
    parse,
    retain: false,
    needsCare: false,
    stats,
  }
}

function definedFacts(definition: AnyDefinition, stats: Stats): TopicFacts {
  const { type, version, key, parse, retain = false } = definition
  const needsCare = retain || key !== undefined
  return { type, version, definition, key, parse, retain, needsCare, stats: stats.of(type) }
}

/** The bus's own topics: it publishes them itself, without a look at this `parse`, and counts them nowhere. */
function internalFacts(topic: string): TopicFacts {
  const parse = (): never => {
    throw new BusError('topic-invalid', { topic, reason: 'starts with $, which is kept for the bus itself' })
  }
  return bareFacts(topic, new TypeStats(topic), parse)
}
