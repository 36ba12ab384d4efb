import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { ItemCreated } from '../catalog/shop.ts'
import { UserDeleted, UserUpdated } from '../catalog/user.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(ItemCreated, UserUpdated, UserDeleted)

/** Indexes the words of items, and people. */
export function startSearch(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('search', speaks)
  const itemsWith = new Map<string, number>()
  let items = 0
  let people = 0

  bus.subscribe(ItemCreated, ({ data }) => {
    items++
    for (const word of data.title.toLowerCase().split(' '))
      itemsWith.set(word, (itemsWith.get(word) ?? 0) + 1)
  })
  bus.subscribe([UserUpdated, UserDeleted], () => people++)

  return {
    scope: bus,
    stateLine: () => `${items} items · ${itemsWith.size} words · ${people} people`,
  }
}
