import { isBusError } from '@heliobus/core'
import { createRecordingPort, until } from '@heliobus/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../../../scripts/port.mjs'
import { ask } from '../../../scripts/redis-server.mjs'
import { type RedisClient, redisPubSub } from '../src/index.ts'
import { Connection, type ConnectionOptions } from '../src/connection.ts'
import { clients, startServer } from './world.ts'

const server = await startServer()
const connections: Connection[] = []

afterEach(async () => {
  await Promise.all(connections.splice(0).map((one) => one.close()))
})

async function connect(client: RedisClient, options?: ConnectionOptions): Promise<Connection> {
  const connection = new Connection((ended) => client.open(ended), options)
  connections.push(connection)
  await connection.open()
  return connection
}

/** The code of the error that a promise rejects with. */
async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return isBusError(error) ? error.code : error
}

describe.each(clients)('with %s', (library, clientOf) => {
  test('commands are answered, texts of every script unchanged', async () => {
    const connection = await connect(clientOf(server.url))
    const text = 'καὶ 日本語 עברית 👩‍🚀 \u0000 \u2028 \r\n'
    expect(await connection.send(['SET', 'text', text])).toBe('OK')
    const [read, nothing] = await Promise.all([
      connection.send(['GET', 'text']),
      connection.send(['GET', 'nothing']),
    ])
    expect([read, nothing]).toEqual([text, null])
    await connection.send(['XADD', library, '1-1', 'a', 'b'])
    expect(await connection.send(['XREAD', 'STREAMS', library, '0'])).toEqual([
      [library, [['1-1', ['a', 'b']]]],
    ])
  })

  test('what Redis refuses is told in its words, and the next command is answered', async () => {
    const connection = await connect(clientOf(server.url))
    await connection.send(['SET', 'text', 'x'])
    await expect(connection.send(['LPUSH', 'text', 'y'])).rejects.toMatchObject({
      code: 'redis-refused',
      details: { command: 'LPUSH', reply: expect.stringContaining('WRONGTYPE') },
    })
    expect(await connection.send(['PING'])).toBe('PONG')
  })

  test('nobody there is told at once, a command after the end, too', async () => {
    const connection = new Connection((ended) => clientOf(`redis://127.0.0.1:${port}`).open(ended))
    expect(await codeOf(connection.open())).toBe('redis-unreachable')
    expect(await codeOf(connection.send(['PING']))).toBe('redis-closed')
  })

  test('who listens only, and hears nothing, asks from time to time whether Redis is there', async () => {
    const connection = await connect(clientOf(server.url), { limits: { silentFor: 5 } })
    const before = await pings()
    await until(() => connection.status === 'open', 'it is open')
    await expect.poll(pings, { timeout: 10_000 }).toBeGreaterThan(before + 2)
  })

  test('a command may wait in Redis as long as it says', async () => {
    const connection = await connect(clientOf(server.url), { limits: { answerWithin: 250 } })
    const waiting = connection.send(['BLPOP', 'empty', '0.5'], { wait: 500 })
    expect(await waiting).toBe(null)
    expect(await codeOf(connection.send(['BLPOP', 'empty', '5']))).toBe('redis-lost')
    expect(connection.status).toBe('lost')
    expect(await codeOf(connection.send(['PING']))).toBe('redis-unreachable')
  })

  test('a user with the rights that the guide names may speak and listen', async () => {
    await ask(
      server.port,
      'ACL SETUSER shop on >secret resetchannels &heliobus:1:shop +publish +subscribe +ping',
    )
    const client = clientOf(server.url.replace('//', '//shop:secret@'))
    const [port, other] = [createRecordingPort(), createRecordingPort()]
    const links = [
      await redisPubSub({ client, namespace: 'shop' }).open(port),
      await redisPubSub({ client, namespace: 'shop' }).open(other),
    ]
    await links[0]!.send([])
    await ask(server.port, 'PUBLISH heliobus:1:shop hello')
    await until(() => port.messages.length + other.messages.length === 2, 'both hear')
    expect(await codeOf(redisPubSub({ client, namespace: 'other' }).open(port))).toBe('redis-unreachable')
    await Promise.all(links.map((link) => link.close()))
  })
})

const port = await freePort()

async function pings(): Promise<number> {
  const info = await ask(server.port, 'INFO commandstats')
  return Number(/cmdstat_ping:calls=(\d+)/.exec(info)?.[1] ?? 0)
}
