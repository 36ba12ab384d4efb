import { createManualClock, createRecordingPort, until } from '@heliobus/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Principal, Rights } from '../src/hub/index.ts'
import { cloudEvent, type Goodbye, meet, Talk } from './talk.ts'
import { createWorld, type World } from './world.ts'

const worlds: World[] = []

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((one) => one.close()))
})

async function world(options: Parameters<typeof createWorld>[0] = {}): Promise<World> {
  const one = await createWorld(options)
  worlds.push(one)
  return one
}

const hello = { type: 'hello', version: 1, session: 's' }

describe('who may come in', () => {
  test.each([
    ['https://shop.example', undefined],
    ['https://shop.example.evil.example', 4403],
    ['http://shop.example', 4403],
    ['https://shop.example:8443', 4403],
    ['null', 4403],
    [undefined, 4403],
  ])('a page of %s: %s', async (origin, code) => {
    const { url } = await world({ origins: ['https://shop.example'], allowNoOrigin: false })
    const talk = await new Talk(url, origin === undefined ? {} : { origin }).opened()
    if (code !== undefined) return expect((await talk.goodbye).code).toBe(code)
    talk.say(hello)
    expect((await talk.next('welcome'))['version']).toBe(1)
  })

  test('who says no hello is sent away after 5 seconds, and who is not answered after 10', async () => {
    const clock = createManualClock()
    let asked = false
    const { url } = await world({
      clock,
      authenticate: () => {
        asked = true
        return new Promise(() => undefined)
      },
    })
    const [silent, stuck] = [await new Talk(url).opened(), await new Talk(url).opened()]
    stuck.say(hello)
    await until(() => asked, 'the hub authenticates')
    clock.advance(4_999)
    expect(silent.socket.readyState).toBe(WebSocket.OPEN)
    clock.advance(1)
    expect((await silent.goodbye).code).toBe(4508)
    clock.advance(5_000)
    expect((await stuck.goodbye).code).toBe(4500)
  })

  test('a wrong token, a missing one, and one that fails to be checked', async () => {
    const { url } = await world({
      logger: { log: () => undefined },
      authenticate: async (_, { token }) => {
        if (token === 'broken') throw new Error('the database is away')
        return token === 'right' ? { id: 'ada' } : undefined
      },
    })
    const answers: number[] = []
    for (const token of ['wrong', undefined, 'broken']) {
      const talk = await new Talk(url).opened()
      talk.say({ ...hello, token })
      answers.push((await talk.goodbye).code)
    }
    expect(answers).toEqual([4401, 4401, 4500])
    const talk = await meet(url, { token: 'right' })
    await talk.settled()
  })

  test('somebody who is logged out is disconnected, everywhere, and nobody else', async () => {
    const { hub, url } = await world()
    const talks = await Promise.all(['ada', 'ada', 'bob'].map((token) => meet(url, { token })))
    expect(hub.disconnect('ada')).toBe(2)
    expect((await talks[0]!.goodbye).code).toBe(4401)
    expect((await talks[1]!.goodbye).code).toBe(4401)
    await talks[2]!.settled()
    expect(hub.connections().map(({ principal }) => principal)).toEqual(['bob'])
  })

  test('a hub tells who is there, and what they want', async () => {
    const { hub, url } = await world()
    const talks = [await meet(url, { token: 'ada' }, ['order.*']), await meet(url, { token: 'bob' }, [])]
    for (const talk of talks) await talk.settled()
    expect(hub.connections()).toEqual([
      { principal: 'ada', interest: ['order.*'], behind: 0, buffered: 0 },
      { principal: 'bob', interest: [], behind: 0, buffered: 0 },
    ])
  })

  test('somebody who is logged out while the hub still authenticates does not come in', async () => {
    const waiting: (() => void)[] = []
    const { hub, url } = await world({
      authenticate: (_, { token }) => new Promise((resolve) => waiting.push(() => resolve({ id: token! }))),
    })
    const talk = await new Talk(url).opened()
    talk.say({ ...hello, token: 'ada' })
    await until(() => waiting.length > 0, 'the hub authenticates')
    expect([hub.disconnect('bob'), hub.disconnect('ada')]).toEqual([0, 0])
    waiting[0]!()
    expect(await talk.goodbye).toMatchObject({ code: 4401, reason: 'logged out' })
  })

  test('rights are looked at again: who has lost them is sent away, who has others greets again', async () => {
    const clock = createManualClock()
    const rights = new Map<string, Rights | undefined>()
    const { url } = await world({
      clock,
      limits: { pingEvery: 1e9 },
      authorize: ({ id }) => (rights.has(id) ? rights.get(id) : { publish: [], subscribe: ['**'] }),
    })
    const [same, none, other] = [
      await meet(url, { token: 'same' }),
      await meet(url, { token: 'none' }),
      await meet(url, { token: 'other' }),
    ]
    rights.set('none', undefined)
    rights.set('other', { publish: [], subscribe: ['a'] })
    clock.advance(5 * 60_000)
    expect((await none.goodbye).code).toBe(4401)
    expect((await other.goodbye).code).toBe(4503)
    await same.settled()
  })

  test('too many connections: of one principal, and in all', async () => {
    const { url, port } = await world({ limits: { connections: 4, connectionsPerPrincipal: 2 } })
    const [one, two] = [await meet(url, { token: 'ada' }), await meet(url, { token: 'ada' })]
    const third = await new Talk(url).opened()
    third.say({ ...hello, token: 'ada' })
    expect((await third.goodbye).code).toBe(4529)
    await meet(url, { token: 'bob' })
    await meet(url, { token: 'cy' })
    const response = await upgrade(port)
    expect(response).toMatch(/^HTTP\/1.1 503 /)
    await Promise.all([one.settled(), two.settled()])
    one.close()
    await one.goodbye
    await meet(url, { token: 'ada' })
  })

  test('another path is another matter', async () => {
    const { port } = await world()
    expect(await upgrade(port, '/elsewhere')).toMatch(/^HTTP\/1.1 404 /)
  })
})

/** The rights of the three that the table is about. */
const rightsOf: Record<string, Rights> = {
  till: { publish: ['order.*'], subscribe: ['stock.**', 'order.*.paid'] },
  screen: { publish: [], subscribe: ['order.**'] },
  admin: { publish: ['**'], subscribe: ['**'] },
}

describe('who may do what', () => {
  const authorize = ({ id }: Principal): Rights | undefined => rightsOf[id]

  test.each([
    ['till', 'stock.low', true],
    ['till', 'stock.*', true],
    ['till', 'stock.**', true],
    ['till', 'stock', true],
    ['till', 'stock.*.today', true],
    ['till', 'order.*.paid', true],
    ['till', 'order.o1.paid', true],
    ['till', 'order:o1:paid', true],
    ['till', 'order.**', false],
    ['till', 'order.**.paid', false],
    ['till', 'order.*', false],
    ['till', '*', false],
    ['till', '**', false],
    ['till', '*.low', false],
    ['till', 'stocks.low', false],
    ['screen', 'order', true],
    ['screen', 'order.**.paid', true],
    ['screen', '**.order', false],
    ['admin', '**', true],
    ['admin', '$alert.*', false],
  ])('%s subscribes to %s: %s', async (token, pattern, allowed) => {
    const { url } = await world({ authorize })
    const talk = await meet(url, { token }, [pattern])
    if (allowed) await talk.settled()
    else expect((await talk.goodbye).code).toBe(4403)
  })

  test.each([
    ['till', 'order.placed', true],
    ['till', 'order:placed', true],
    ['till', 'order.placed.today', false],
    ['till', 'stock.low', false],
    ['screen', 'order.placed', false],
    ['admin', 'anything.at.all', true],
    ['admin', '$alert.failed', false],
  ])('%s publishes %s: %s', async (token, topic, allowed) => {
    const { url, hub } = await world({ authorize })
    const port = createRecordingPort()
    await hub.open(port)
    const talk = await meet(url, { token }, [])
    talk.say({
      type: 'events',
      sequence: 1,
      events: [cloudEvent('order.placed'), cloudEvent(topic)].slice(token === 'till' ? 0 : 1),
    })
    if (allowed) expect((await talk.next('ack'))['refused']).toBeUndefined()
    else {
      expect((await talk.goodbye).code).toBe(4403)
      expect(port.messages).toEqual([]) // nothing of the frame was taken
    }
  })

  test('nobody gets what it may not hear, nor what it has not asked for', async () => {
    const { url } = await world({ authorize })
    const [admin, screen, till] = [
      await meet(url, { token: 'admin' }),
      await meet(url, { token: 'screen' }, ['order.placed']),
      await meet(url, { token: 'till' }),
    ]
    for (const talk of [screen, till]) await talk.settled()
    const topics = ['order.placed', 'order.o1.paid', 'order.o1.sent', 'stock.low', 'secret']
    admin.say({ type: 'events', sequence: 1, events: topics.map((topic) => cloudEvent(topic)) })
    await admin.next('ack')
    for (const talk of [screen, till]) await talk.settled()
    expect(heard(screen)).toEqual(['order.placed'])
    expect(heard(till)).toEqual(['order.o1.paid', 'stock.low'])
    expect(heard(admin)).toEqual([])
  })

  test('a session of another principal is another session', async () => {
    const { url } = await world()
    const ada = await meet(url, { token: 'ada', session: 'shared' })
    ada.say({ type: 'events', sequence: 1, events: [cloudEvent('a'), cloudEvent('b')] })
    await ada.next('ack')
    const eve = await meet(url, { token: 'eve', session: 'shared' })
    expect((await eve.next('welcome'))['sequence']).toBe(0)
    await ada.settled()
    const again = await meet(url, { token: 'ada', session: 'shared' })
    expect((await again.next('welcome'))['sequence']).toBe(2)
    expect((await ada.goodbye).code).toBe(4409)
  })

  test('what is admitted may be changed, and refused with a reason; a check that throws refuses too', async () => {
    const { url, hub } = await world({
      logger: { log: () => undefined },
      admit(event, { id }) {
        if (event.data === 'bad') return 'it is bad'
        if (event.data === 'broken') throw new Error('secret details')
        return { ...event, userid: id }
      },
    })
    const port = createRecordingPort()
    await hub.open(port)
    const talk = await meet(url, { token: 'ada' })
    const events = ['good', 'bad', 'broken', 'good'].map((data) => cloudEvent('a', data, { userid: 'root' }))
    talk.say({ type: 'events', sequence: 1, events })
    expect(await talk.next('ack')).toEqual({
      type: 'ack',
      sequence: 4,
      refused: [
        [2, 'it is bad'],
        [3, 'the hub could not check it'],
      ],
    })
    expect(port.messages).toMatchObject([
      { data: 'good', userid: 'ada' },
      { data: 'good', userid: 'ada' },
    ])
  })
})

describe('frames at the wrong time', () => {
  const answerTo = async (...frames: (object | string)[]): Promise<Goodbye> => {
    const { url } = await world()
    const talk = await new Talk(url).opened()
    for (const frame of frames) talk.say(frame)
    return talk.goodbye
  }

  test.each([
    ['events without a hello', [{ type: 'events', sequence: 1, events: [cloudEvent('a')] }]],
    ['a want without a hello', [{ type: 'want', patterns: [] }]],
    ['a second hello', [hello, hello]],
    ['an ack before the welcome', [{ type: 'ack', offset: '0' }]],
  ])('%s', async (_, frames) => {
    expect((await answerTo(...frames)).code).toBe(4400)
  })

  test('a ping is answered at any time', async () => {
    const { url } = await world()
    const talk = await new Talk(url).opened()
    await talk.settled()
  })

  test('a hole in the numbers, and more than the window', async () => {
    const { url } = await world({ history: slowHistory() })
    const hole = await meet(url)
    hole.say({ type: 'events', sequence: 1, events: [cloudEvent('a')] })
    hole.say({ type: 'events', sequence: 3, events: [cloudEvent('a')] })
    expect(await hole.goodbye).toEqual({ code: 4400, reason: 'events 2 to 2 are missing' })
    const greedy = await meet(url)
    for (let sequence = 1; sequence <= 257; sequence++)
      greedy.say({ type: 'events', sequence, events: [cloudEvent('a')] })
    expect(await greedy.goodbye).toEqual({ code: 4400, reason: 'more than 256 events are on their way' })
  })
})

function heard(talk: Talk): unknown[] {
  return talk.frames
    .flatMap(({ type, events }) => (type === 'events' ? (events as object[]) : []))
    .map((event) => Reflect.get(event, 'type'))
}

function slowHistory(): NonNullable<Parameters<typeof createWorld>[0]>['history'] & object {
  return { epoch: 'e', first: 1, last: 0, at: () => undefined, append: () => new Promise(() => undefined) }
}

/** Asks for a WebSocket by hand; answers with what the server says. */
async function upgrade(port: number, path: string = '/bus'): Promise<string> {
  const { connect } = await import('node:net')
  const socket = connect(port, '127.0.0.1')
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}
