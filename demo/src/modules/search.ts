import { defineCatalog, handles, register } from '@heliobus/core'
import type { ObservatoryBus, ObservatoryEvent } from '../catalog/catalog.ts'
import { ItemCreated } from '../catalog/shop.ts'
import { UserDeleted, UserUpdated } from '../catalog/user.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(ItemCreated, UserUpdated, UserDeleted)

/** Indexes the words of items, and people. */
class Search {
  readonly #itemsWith = new Map<string, number>()
  #items = 0
  #people = 0

  get stateLine(): string {
    return `${this.#items} items · ${this.#itemsWith.size} words · ${this.#people} people`
  }

  @handles(ItemCreated)
  indexItem({ data }: ObservatoryEvent<'item.created'>): void {
    this.#items++
    for (const word of data.title.toLowerCase().split(' '))
      this.#itemsWith.set(word, (this.#itemsWith.get(word) ?? 0) + 1)
  }

  @handles([UserUpdated, UserDeleted])
  indexPerson(): void {
    this.#people++
  }
}

export function startSearch(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('search', speaks)
  const search = new Search()
  register(bus, search)
  return { scope: bus, stateLine: () => search.stateLine }
}
