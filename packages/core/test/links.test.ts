import { firstValueFrom } from 'rxjs'
import { expect, test } from 'vitest'
import { bridge, createBus, links$, type LinkState } from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { createProbe } from './probe-transport.ts'
import { recordingLogger } from './recording-logger.ts'

/** What somebody who listens has been told. */
function listen(bus: Parameters<typeof links$>[0]): {
  readonly told: (readonly LinkState[])[]
  readonly statuses: () => string[]
} {
  const told: (readonly LinkState[])[] = []
  links$(bus).subscribe((states) => told.push(states))
  return {
    told,
    statuses: () => told.map((states) => states.map(({ link, status }) => `${link} ${status}`).join(', ')),
  }
}

test('a bus without bridges has none', async () => {
  expect(await firstValueFrom(links$(createBus()))).toEqual([])
})

test('each change is told, with its time and its reason; what is closed is gone', async () => {
  const clock = manualTime()
  const bus = createBus({ clock })
  const { told, statuses } = listen(bus)
  const probe = createProbe()
  const one = await bridge(bus, probe)
  clock.advance(5_000)
  probe.port.report('lost', 'cable')
  probe.port.report('lost', 'again')
  expect(told.at(-1)).toEqual([{ link: 'probe', status: 'lost', since: clock.now(), detail: 'cable' }])
  probe.port.report('open')
  await one.close()
  expect(statuses()).toEqual(['', 'probe connecting', 'probe open', 'probe lost', 'probe open', ''])
})

test('bridges are told together, in the order in which they were made, also two of one name', async () => {
  const bus = createBus()
  const [first, second] = [createProbe(), { ...createProbe(), name: 'other' }]
  const third = createProbe()
  for (const transport of [first, second, third]) await bridge(bus, transport)
  first.port.report('lost')
  expect(listen(bus).statuses()).toEqual(['probe lost, other open, probe open'])
})

test('a scope has those of its bus', async () => {
  const bus = createBus()
  await bridge(bus, createProbe())
  expect(await firstValueFrom(links$(bus.scope('module')))).toHaveLength(1)
})

test('a bridge that can not be opened is told while it tries, and no longer', async () => {
  const bus = createBus({ logger: recordingLogger() })
  const { statuses } = listen(bus)
  const refused = { ...createProbe(), open: () => Promise.reject(new Error('no')) }
  await expect(bridge(bus, refused)).rejects.toMatchObject({ code: 'link-refused' })
  expect(statuses()).toEqual(['', 'probe connecting', ''])
})

test('it completes when the bus closes; who listens later hears the end at once', async () => {
  const bus = createBus()
  const ends: string[] = []
  links$(bus).subscribe({ complete: () => ends.push('early') })
  await bus.close()
  links$(bus).subscribe({ complete: () => ends.push('late') })
  expect(ends).toEqual(['early', 'late'])
})
