import { bridge, createBus, defineCatalog, defineEvent, reconnecting, type Schema } from '@heliobus/core'
import {
  createRecordingPort,
  declareContract,
  transportContract,
  type TransportSubject,
  until,
} from '@heliobus/testing'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { broadcastChannel, type Channel, type Page, type PageTransition } from '../src/index.ts'
import { bundle } from '../../../scripts/bundle.mjs'

const newName = (): string => crypto.randomUUID()

const subject: TransportSubject = {
  traits: broadcastChannel('any').traits,
  async peers() {
    const name = newName()
    return [broadcastChannel(name), broadcastChannel(name), broadcastChannel(name)]
  },
}

describe("the transport contract over Node's BroadcastChannel", () => {
  declareContract(transportContract, subject, test)
})

test('who listens on the channel sees nothing that a definition declares as sensitive', async () => {
  const name = newName()
  const data: Schema<{ card: string; total: number }> = {
    '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as never }) },
  }
  const Paid = defineEvent('order.paid', { data, sensitive: ['card'] })
  const bus = createBus({ catalog: defineCatalog(Paid) })
  const eavesdropper = new BroadcastChannel(`heliobus:1:${name}`)
  const heard: unknown[] = []
  eavesdropper.addEventListener('message', ({ data: message }) => heard.push(message))
  await bridge(bus, broadcastChannel(name))
  bus.publish('order.paid', { card: 'canary-card', total: 37 })
  await until(() => JSON.stringify(heard).includes('37'), 'the event is heard')
  expect(JSON.stringify(heard)).not.toContain('canary')
  eavesdropper.close()
  await bus.close()
})

test('comes back by itself, so `reconnecting` leaves it as it is', () => {
  const own = broadcastChannel('any')
  expect(reconnecting(own)).toBe(own)
})

test('garbage from another user of the channel is refused with a signal, and the next event arrives', async () => {
  const name = newName()
  const [bus, other] = [createBus(), createBus()]
  const refused: string[] = []
  const heard: unknown[] = []
  bus.tap$.subscribe((signal) => signal.type === 'refused' && refused.push(signal.error.message))
  bus.subscribe('hello', ({ data }) => heard.push(data))
  await bridge(bus, broadcastChannel(name))
  await bridge(other, broadcastChannel(name))
  const stranger = new BroadcastChannel(`heliobus:1:${name}`)
  for (const garbage of [undefined, 'text', new Date(), { heliobus: 1, events: 3 }])
    stranger.postMessage(garbage)
  stranger.close()
  other.publish('hello', 'world')
  await until(
    () => heard.length === 1 && refused.length === 4,
    'the event arrives, and four messages are refused',
  )
  expect(heard).toEqual(['world'])
  expect(refused[0]).toBe('a message is not an event: it is not an object')
  await Promise.all([bus.close(), other.close()])
})

test('a page in the back/forward cache has no channel; when it comes back, a gap is told and events flow again', async () => {
  const name = newName()
  const page = createPage()
  const [port, otherPort] = [createRecordingPort(), createRecordingPort()]
  const link = await broadcastChannel(name, { page }).open(port)
  const other = await broadcastChannel(name).open(otherPort)

  page.tell('pagehide', false) // the page goes for good: what it still sends may arrive
  expect(port.statuses).toEqual([])
  page.tell('pagehide', true)
  expect(port.statuses).toEqual(['lost'])
  await other.send([{ ...eventLike, id: 'meanwhile' }])
  await link.send([{ ...eventLike, id: 'leaving' }])
  await until(() => otherPort.messages.length === 1, 'what is sent by the last listeners of the page arrives')

  page.tell('pageshow', true)
  expect(port.statuses).toEqual(['lost', 'open'])
  expect(port.gaps).toEqual([{ reason: 'the page was in the back/forward cache', missing: undefined }])
  await other.send([{ ...eventLike, id: 'after' }])
  await until(() => port.messages.length === 1, 'what is sent afterwards arrives')
  expect(port.messages).toEqual([{ ...eventLike, id: 'after' }])

  await link.close()
  page.tell('pageshow', true)
  expect(() => link.send([])).toThrow('the link is closed')
  await other.close()
})

test('events lost on the way are told as a gap, with their number', async () => {
  const name = newName()
  let isDeaf = false
  const deaf = (channelName: string): Channel => {
    const channel = new BroadcastChannel(channelName)
    return {
      postMessage: (message) => channel.postMessage(message),
      close: () => channel.close(),
      addEventListener: (type, listener) =>
        channel.addEventListener(type, (event) => (isDeaf ? undefined : listener(event))),
    }
  }
  const [port, witness] = [createRecordingPort(), createRecordingPort()]
  const link = await broadcastChannel(name, { create: deaf }).open(port)
  const watching = await broadcastChannel(name).open(witness)
  const sender = await broadcastChannel(name).open(createRecordingPort())
  const arrive = (count: number): Promise<void> =>
    until(() => witness.messages.length === count, `${count} arrive`)

  await sender.send([eventLike])
  await arrive(1)
  isDeaf = true
  await sender.send([eventLike, eventLike])
  await sender.send([eventLike])
  await arrive(4)
  isDeaf = false
  await sender.send([eventLike])
  await until(() => port.messages.length === 2, 'the last event arrives')
  expect(port.gaps).toEqual([{ reason: 'messages of a sender were lost', missing: 3 }])
  expect(witness.gaps).toEqual([])
  await Promise.all([link.close(), watching.close(), sender.close()])
})

test('a message that the platform cannot read is told as a gap', async () => {
  const listeners = new Map<string, (event: { data: unknown }) => void>()
  const broken: Channel = {
    postMessage: () => undefined,
    close: () => undefined,
    addEventListener: (type, listener) => void listeners.set(type, listener),
  }
  const port = createRecordingPort()
  await broadcastChannel('any', { create: () => broken }).open(port)
  listeners.get('messageerror')?.({ data: null })
  expect(port.gaps).toEqual([{ reason: 'a message could not be read', missing: undefined }])
})

describe('in a worker thread that only waits for events', async () => {
  const code = await bundle(new URL('idle-thread.ts', import.meta.url))
  const start = (channel: string, keepAlive: boolean): Worker => {
    const { port1 } = new MessageChannel()
    return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
      workerData: { channel, keepAlive, port: port1 },
      transferList: [port1 as never],
    })
  }

  test('open links do not keep the thread alive', async () => {
    expect(await once(start(newName(), false), 'exit')).toEqual([0])
  })

  test('with keepAlive they do', async () => {
    const channel = newName()
    const worker = start(channel, true)
    await once(worker, 'message')
    const bus = createBus()
    await bridge(bus, broadcastChannel(channel))
    bus.publish('ping', 'alive')
    expect(await once(worker, 'message')).toEqual(['alive'])
    await Promise.all([worker.terminate(), bus.close()])
  })
})

const eventLike = {
  specversion: '1.0',
  id: 'x',
  source: 'test',
  type: 'test',
  time: '2001-02-03T04:05:06Z',
  datacontenttype: 'application/json',
  correlationid: 'x',
  schemaversion: 1,
  origin: 'test',
  hops: 0,
} as const

function createPage(): Page & { tell(type: 'pagehide' | 'pageshow', persisted: boolean): void } {
  const listeners = new Set<readonly [string, (event: PageTransition) => void]>()
  return {
    addEventListener: (type, listener) => void listeners.add([type, listener]),
    removeEventListener(type, listener) {
      for (const one of listeners) if (one[0] === type && one[1] === listener) listeners.delete(one)
    },
    tell(type, persisted) {
      for (const [wanted, listener] of listeners) if (wanted === type) listener({ persisted })
    },
  }
}
