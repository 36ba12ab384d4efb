import { bridge, createBus } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createClient } from 'redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '../../../scripts/bundle.mjs'
import { nodeRedis, redisPubSub } from '../src/index.ts'
import { someServer } from './world.ts'

const url = await someServer()
/** Beside the package's own modules, where the clients are found. */
const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))
const script = `${cache}/answering-process-${process.pid}.mjs`

beforeAll(async () => {
  mkdirSync(cache, { recursive: true })
  writeFileSync(script, await bundle(new URL('answering-process.ts', import.meta.url), ['redis', 'ioredis']))
})

afterAll(() => rmSync(script, { force: true }))

test('what one process publishes reaches the subscribers of two others, and their answers come back', async () => {
  const namespace = crypto.randomUUID()
  const bus = createBus({ source: 'asking' })
  const ready = new Set<unknown>()
  const answers: { source: string; data: unknown }[] = []
  bus.subscribe('answer.ready', ({ source }) => void ready.add(source))
  bus.subscribe('answer.given', ({ source, data }) => void answers.push({ source, data }))
  await bridge(bus, redisPubSub({ client: nodeRedis(createClient({ url })), namespace }), {
    send: ['greeting.*', 'talk.*'],
  })

  const children = ['node-redis', 'ioredis'].map((library): ChildProcess => {
    return spawn(process.execPath, [script, url, namespace, library], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  })
  const ends = children.map((child) => once(child, 'exit'))
  try {
    await until(() => ready.size === 2, 'both processes are there')
    bus.publish('greeting.sent', { text: 'γειά' })
    bus.publish('secret.kept', 'here')
    await until(() => answers.length === 2, 'both answer')
    expect(answers.toSorted((a, b) => a.source.localeCompare(b.source))).toEqual(
      ['ioredis', 'node-redis'].map((source) => ({
        source,
        data: {
          pid: children[source === 'ioredis' ? 1 : 0]!.pid,
          heard: 'greeting.sent',
          data: { text: 'γειά' },
        },
      })),
    )
    bus.publish('talk.over', null)
    expect(await Promise.all(ends)).toEqual([
      [0, null],
      [0, null],
    ])
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await bus.close()
  }
}, 20_000)
