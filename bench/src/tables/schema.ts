import { type AnyDefinition, createBus, defineCatalog, defineEvent } from '@heliobus/core'
import * as z from 'zod'
import type { Contender } from '../contender.ts'
import { floor } from '../contenders/floor.ts'
import { heliobus } from '../contenders/heliobus.ts'
import { exactEntry, payload } from '../exact-entry.ts'
import { brief, combine, find, median, ratio, spread } from '../figures.ts'
import { sink } from '../handler.ts'
import { distinctLoop } from '../loop.ts'
import { type Entry, measure } from '../measure.ts'
import { atMost, type Table } from '../table.ts'

const shape = { id: z.string(), name: z.string(), score: z.number(), active: z.boolean() }
const user = z.object(shape)

/** As in a program with a catalog: zod, too, has met other schemas before. */
const others = Array.from({ length: 8 }, (_, index) =>
  z.object({ ...shape, [`extra${index}`]: z.optional(z.string()) }),
)

function define(type: string, data: unknown): AnyDefinition {
  return Reflect.apply(defineEvent, undefined, [type, { data }])
}

const checked: Contender = {
  name: 'heliobus with a zod schema',
  make() {
    const more = others.map((other, index) => define(`other.number${index}`, other))
    const bus = createBus({
      catalog: defineCatalog(define('user.created', user), define('user.seen', user), ...more),
    })
    const publish = (topic: string, data: object): unknown => bus.publish(topic, data)
    for (let i = 0; i < 20_000; i++) publish(`other.number${i & 7}`, payload)
    return {
      subscribe: (pattern, handler) => bus.subscribe(pattern, handler),
      unsubscribe: () => undefined,
      publish,
    }
  },
}

const alone = { name: 'zod safeParse alone' }
const standard = { name: 'zod through Standard Schema alone' }

type Parse = (schema: typeof user, data: object) => unknown

function parsing({ name }: { readonly name: string }, parse: Parse): Entry {
  const once = (_topic: string, data: object): void => {
    sink.last = parse(user, data)
  }
  for (let i = 0; i < 20_000; i++) sink.last = parse(others[i & 7]!, payload)
  return { name, run: distinctLoop(once, ['user.created'], payload) }
}

export const schema: Table = {
  name: 'schema',
  async run(effort) {
    const entries = [
      ...[floor, heliobus, checked].map((one) => exactEntry(one, 1)),
      parsing(alone, (type, data) => type.safeParse(data)),
      parsing(standard, (type, data) => type['~standard'].validate(data)),
    ]
    const series = await measure(entries, effort)
    const [full, bare, parse] = [checked, heliobus, alone].map((one) => find(series, one))
    const allowed = combine(bare!, parse!, (a, b) => a + 1.3 * b)
    return {
      title: 'Publish with a zod schema',
      columns: ['what', 'ns', 'p10–p90'],
      rows: series.map(({ name, values }) => [name, brief(median(values)), spread(values)]),
      bars: [
        atMost(1, 'publish with a schema, to publish without one + 1.3 × safeParse', ratio(full!, allowed)),
      ],
    }
  },
}
