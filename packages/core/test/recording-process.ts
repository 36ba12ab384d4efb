// Runs in a process of its own, which nobody ends: records an event, and says when it is stored.
import { type Clock, createBus, createMemoryLog, record, systemClock } from '../src/index.ts'

/** How timers hold the process. */
const clocks: Readonly<Record<string, Clock>> = {
  '': systemClock,
  /** All of them do: there is no `unref` to be found. */
  holding: { ...systemClock, setTimeout: (run, ms) => ({ timer: systemClock.setTimeout(run, ms) }) },
  /** None of them does. */
  careless: {
    ...systemClock,
    setTimeout: (run, ms) => {
      const timer = setTimeout(run, ms)
      timer.unref()
      return timer
    },
  },
}

const [, , manner = '', tries = '0'] = process.argv
const bus = createBus({ clock: clocks[manner]!, logger: { level: 'silent', log: () => undefined } })
const log = createMemoryLog()
let failures = Number(tries)

record(
  bus,
  {
    ...log,
    async append(events) {
      if (failures-- > 0) throw new Error('no disk')
      await log.append(events)
      process.stdout.write(`stored ${events.length}\n`)
    },
    prune: (before, keep) => log.prune(before, keep),
  },
  { batch: { wait: 100 }, retry: { delay: () => 100 } },
)
bus.publish('a', 1)
bus.publish('b', 2)
