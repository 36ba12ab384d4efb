import { type AnyDefinition, type Bus, createBus, defineCatalog, defineEvent } from '@heliobus/core'
import * as z from 'zod'
import type { Contender } from '../contender.ts'
import { floor } from '../contenders/floor.ts'
import { exactEntry, payload } from '../exact-entry.ts'
import { brief, combine, find, median, ratio, spread } from '../figures.ts'
import { distinctHandler, sink } from '../handler.ts'
import { distinctLoop } from '../loop.ts'
import { type Entry, measure } from '../measure.ts'
import { atMost, shortOf, type Table } from '../table.ts'

const bare = { name: 'heliobus, no schema' }
const checked = { name: 'heliobus, zod schema' }
const alone = { name: 'zod safeParse alone' }
const standard = { name: 'zod through Standard Schema alone' }

const shape = { id: z.string(), name: z.string(), score: z.number(), active: z.boolean() }
const user = z.object(shape)

/** As in a program with a catalog: zod has met other schemas before. */
const others = Array.from({ length: 8 }, (_, index) =>
  z.object({ ...shape, [`extra${index}`]: z.optional(z.string()) }),
)

function define(type: string, data: z.ZodType): AnyDefinition {
  return defineEvent(type, { data })
}

/** The topics of one bus: `user.created` and those of the others have a schema, `user.removed` has none. */
function halfChecked(): Bus {
  const bus = createBus()
  const more = others.map((other, index) => define(`other.number${index}`, other))
  bus.scope('users', defineCatalog(define('user.created', user), ...more))
  for (let i = 0; i < 8; i++) {
    bus.subscribe(`other.number${i}`, distinctHandler())
    bus.subscribe('user.seen', distinctHandler())
  }
  for (let i = 0; i < 20_000; i++) {
    bus.publish(`other.number${i & 7}`, payload)
    bus.publish('user.seen', payload)
  }
  return bus
}

function publishing({ name }: { readonly name: string }, bus: Bus, topic: string): Entry {
  bus.subscribe(topic, distinctHandler())
  const publish = (to: string, data: object): unknown => bus.publish(to, data)
  return { name, run: distinctLoop(publish, [topic], payload), deliveries: 1 }
}

/** What somebody would write by hand; it meets the other schemas on its way, too. */
const checkedFloor: Contender = {
  name: 'floor, zod safeParse',
  make() {
    const inner = floor.make()
    const publish = (topic: string, input: object): unknown => {
      const schema = topic === 'user.created' ? user : others[topic.length & 7]!
      const { success, data } = schema.safeParse(input)
      return success ? inner.publish(topic, data) : undefined
    }
    for (let i = 0; i < 20_000; i++) publish('user.seen'.slice(i & 7), payload)
    return { ...inner, publish }
  },
}

type Parse = (schema: typeof user, data: object) => unknown

function parsing({ name }: { readonly name: string }, parse: Parse): Entry {
  const once = (_topic: string, data: object): void => {
    sink.last = parse(user, data)
  }
  for (let i = 0; i < 20_000; i++) sink.last = parse(others[i & 7]!, payload)
  return { name, run: distinctLoop(once, ['user.created'], payload) }
}

export const schema: Table = {
  async run(effort) {
    const bus = halfChecked()
    const entries = [
      exactEntry(floor, 1),
      exactEntry(checkedFloor, 1),
      publishing(bare, bus, 'user.removed'),
      publishing(checked, bus, 'user.created'),
      parsing(alone, (type, data) => type.safeParse(data)),
      parsing(standard, (type, data) => type['~standard'].validate(data)),
    ]
    const series = await measure(entries, effort)
    const allowed = combine(find(series, bare), find(series, alone), (a, b) => a + 1.3 * b)
    return {
      title: 'Publish with a zod schema',
      columns: ['what', 'ns', 'p10–p90'],
      rows: series.map(({ name, values }) => [name, brief(median(values)), spread(values)]),
      bars: [
        shortOf(
          1,
          atMost(
            1.3,
            'publish with a schema, to publish without one + 1.3 × safeParse',
            ratio(find(series, checked), allowed),
          ),
        ),
      ],
      note: 'Both topics are of one bus: code that has only ever seen one of them would be faster at it.',
    }
  },
}
