import { emittery } from '../contenders/emittery.ts'
import { eventemitter2Plain, eventemitter2Wildcard } from '../contenders/eventemitter2.ts'
import { eventemitter3 } from '../contenders/eventemitter3.ts'
import { floor } from '../contenders/floor.ts'
import { heliobus } from '../contenders/heliobus.ts'
import { mittEmitter } from '../contenders/mitt.ts'
import { mqemitterBus } from '../contenders/mqemitter.ts'
import { nanoevents } from '../contenders/nanoevents.ts'
import { postalBus } from '../contenders/postal.ts'
import { pubsubJs } from '../contenders/pubsub-js.ts'
import { filteredSubject, subject } from '../contenders/rxjs.ts'
import { brief, byCost, find, median, ratio, spread } from '../figures.ts'
import { measure } from '../measure.ts'
import { exactEntry } from '../exact-entry.ts'
import { atMost, type Bar, type Table } from '../table.ts'

/** These do comparable work: they are to be slower. */
const slower = [mqemitterBus, eventemitter2Wildcard, postalBus, pubsubJs, emittery]

const all = [
  floor,
  heliobus,
  mittEmitter,
  nanoevents,
  eventemitter3,
  eventemitter2Plain,
  subject,
  filteredSubject,
  ...slower,
]

export const exact: Table = {
  async run(effort) {
    const series = await measure(
      all.map((contender) => exactEntry(contender, 1)),
      effort,
    )
    const [base, ours] = [find(series, floor), find(series, heliobus)]
    return {
      title: 'Publish on an exact topic, one handler',
      columns: ['contender', 'ns', 'p10–p90', '× floor', 'million/s'],
      rows: byCost(series).map(({ name, values }) => [
        name,
        brief(median(values)),
        spread(values),
        brief(median(ratio({ name, values }, base).values)),
        brief(1_000 / median(values)),
      ]),
      bars: [
        atMost(2, 'exact publish, one handler, to the floor', ratio(ours, base)),
        ...slower.map((contender): Bar => {
          const other = find(series, contender)
          return atMost(1, `exact publish, one handler, to ${contender.name}`, ratio(ours, other))
        }),
      ],
      plot: {
        title: 'Publish on an exact topic, one handler',
        unit: 'million a second',
        ours: heliobus.name,
        bars: series.map(({ name, values }) => ({ label: name, value: 1_000 / median(values) })),
      },
    }
  },
}
