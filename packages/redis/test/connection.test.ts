import { expect, test } from 'vitest'
import { Connection } from '../src/connection.ts'
import { clients, startServer } from './world.ts'

const server = await startServer()

test.each(clients)('%s answers commands, texts of every script unchanged', async (_, clientOf) => {
  const client = clientOf(server.url)
  const connection = new Connection((ended) => client.open(ended))
  await connection.open()
  const text = 'καὶ 日本語 עברית 👩‍🚀 \u0000 \u2028 \r\n'
  expect(await connection.send(['SET', 'text', text])).toBe('OK')
  const [read, length] = await Promise.all([
    connection.send(['GET', 'text']),
    connection.send(['APPEND', 'n', 'x']),
  ])
  expect(read).toBe(text)
  expect(length).toBeGreaterThan(0)
  expect(await connection.send(['GET', 'nothing'])).toBe(null)
  await connection.send(['XADD', client.name, '1-1', 'a', 'b'])
  expect(await connection.send(['XREAD', 'STREAMS', client.name, '0'])).toEqual([
    [client.name, [['1-1', ['a', 'b']]]],
  ])
  await connection.close()
})
