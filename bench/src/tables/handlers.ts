import { eventemitter2Plain } from '../contenders/eventemitter2.ts'
import { eventemitter3 } from '../contenders/eventemitter3.ts'
import { floor } from '../contenders/floor.ts'
import { heliobus } from '../contenders/heliobus.ts'
import { mittEmitter } from '../contenders/mitt.ts'
import { mqemitterBus } from '../contenders/mqemitter.ts'
import { nanoevents } from '../contenders/nanoevents.ts'
import { subject } from '../contenders/rxjs.ts'
import { exactEntry } from '../exact-entry.ts'
import { brief, byCost, combine, find, median, ratio, scaled, type Series, spread } from '../figures.ts'
import { measure } from '../measure.ts'
import { atMost, type Bar, shortOf, type Table } from '../table.ts'

const all = [
  floor,
  heliobus,
  mittEmitter,
  nanoevents,
  eventemitter3,
  eventemitter2Plain,
  subject,
  mqemitterBus,
]

const one = ({ name }: { readonly name: string }): string => `${name}, one handler`

export const handlers: Table = {
  async run(effort) {
    const series = await measure(
      all.flatMap((contender) => [exactEntry(contender, 10), exactEntry(contender, 1, one(contender))]),
      effort,
    )
    const further = (name: string): Series =>
      combine(
        find(series, { name }),
        find(series, { name: one({ name }) }),
        (ten, single) => (ten - single) / 9,
      )
    const base = find(series, floor)
    return {
      title: 'Publish on an exact topic, ten handlers',
      columns: ['contender', 'ns', 'p10–p90', '× floor', 'ns per further handler'],
      rows: byCost(series.filter(({ name }) => all.some((contender) => contender.name === name))).map(
        ({ name, values }) => [
          name,
          brief(median(values)),
          spread(values),
          brief(median(ratio({ name, values }, base).values)),
          brief(median(further(name).values)),
        ],
      ),
      bars: [
        atMost(2, 'exact publish, ten handlers, to the floor', ratio(find(series, heliobus), base)),
        furtherBar(further(heliobus.name), further(floor.name)),
      ],
      note: 'The goal for a further handler is 15 ns on a machine where one costs the floor 14 ns, and more where it costs that more.',
    }
  },
}

function furtherBar(ours: Series, base: Series): Bar {
  const held = scaled(20, 14, base)
  return shortOf(held * 0.75, atMost(held, 'each further handler', ours, 'ns'))
}
