import { createRecordingPort } from '@heliobus/testing'
import { createClient } from 'redis'
import { describe, expect, test } from 'vitest'
import { nodeRedis, type RedisClient, redisStreams, type StreamSignal } from '../../src/index.ts'
import { startServer } from '../world.ts'

const server = await startServer({ appendonly: 'yes' })

/** A server that says something else of itself than it is; a thrown text is an error of Redis. */
function pretending(answers: Readonly<Record<string, unknown>>): { client: RedisClient; open: () => number } {
  const inner = nodeRedis(createClient({ url: server.url }))
  const sessions = new Set<object>()
  const client: RedisClient = {
    ...inner,
    open(ended) {
      const session = inner.open(ended)
      sessions.add(session)
      return {
        ...session,
        send(command, key) {
          const answer = answers[command.join(' ')]
          if (answer instanceof Error) return Promise.reject(answer)
          return answer === undefined ? session.send(command, key) : Promise.resolve(answer)
        },
        end() {
          sessions.delete(session)
          session.end()
        },
      }
    },
  }
  return { client, open: () => sessions.size }
}

async function warningsOf(answers: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const { client } = pretending(answers)
  const streams = redisStreams({ client, namespace: crypto.randomUUID(), shards: 1 })
  const warnings: string[] = []
  streams.signals$.subscribe((signal: StreamSignal) => {
    if (signal.type === 'warning') warnings.push(signal.detail)
  })
  const link = await streams.open(createRecordingPort())
  await link.close()
  return warnings
}

describe('a server', () => {
  test.each(['5.0.14', '6.2.16'])('of version %s is refused, and nothing is left open', async (version) => {
    const { client, open } = pretending({ 'INFO server': `# Server\r\nredis_version:${version}\r\nos:Linux` })
    await expect(redisStreams({ client }).open(createRecordingPort())).rejects.toMatchObject({
      code: 'option-invalid',
      details: { option: 'client', reason: expect.stringContaining('7.0 or newer') },
    })
    expect(open()).toBe(0)
  })

  test.each(['7.0.0', '8.6.1', '10.0.0'])('of version %s is taken', async (version) => {
    await expect(warningsOf({ 'INFO server': `redis_version:${version}\r\n` })).resolves.toEqual([])
  })

  test('that keeps what it has accepted is not warned of', async () => {
    expect(await warningsOf({})).toEqual([])
  })

  test.each(['allkeys-lru', 'volatile-ttl'])('that evicts by %s is warned of', async (policy) => {
    const warnings = await warningsOf({ 'CONFIG GET maxmemory-policy': ['maxmemory-policy', policy] })
    expect(warnings).toEqual([expect.stringContaining(`maxmemory-policy ${policy}, not noeviction`)])
  })

  test('that keeps nothing is warned of', async () => {
    const warnings = await warningsOf({ 'CONFIG GET appendonly': ['appendonly', 'no'] })
    expect(warnings).toEqual([expect.stringContaining('appendonly no, not yes')])
  })

  test('that does not tell its settings is taken as it is', async () => {
    const refused = new Error("NOPERM this user has no permissions to run the 'config|get' command")
    expect(
      await warningsOf({ 'CONFIG GET appendonly': refused, 'CONFIG GET maxmemory-policy': refused }),
    ).toEqual([])
  })
})
