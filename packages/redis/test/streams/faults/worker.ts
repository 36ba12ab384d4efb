// Runs in a process of its own, which is killed, paused and ended: a member of a group that notes what it handles.
import { bridge, createBus } from '@heliobus/core'
import { appendFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { createClient } from 'redis'
import { nodeRedis, redisStreams } from '../../../src/index.ts'
import { bury } from '../../../src/streams/tenure-scripts.ts'
import { clockOf, mutated } from './mutants.ts'
import type { Task, WorkerOptions } from './scene.ts'

const options: WorkerOptions = JSON.parse(process.argv[2] ?? '{}')
const { url, namespace, shards, lease, ledger, name, mutant, pace, diesWhenBuried, deliveries = 4 } = options

const answered = (sha: string): void => {
  if (diesWhenBuried === true && sha === bury.sha) process.kill(process.pid, 'SIGKILL')
}

const bus = createBus({ logger: { log: () => undefined } })
bus.subscribe<'**'>(
  '**',
  async (event, { fence, signal }) => {
    const { n, poison }: Task = JSON.parse(JSON.stringify(event.data))
    appendFileSync(ledger, `begun ${event.id} ${event.key} ${n} ${fence} ${name}\n`)
    if (poison === 'kills') process.kill(process.pid, 'SIGKILL')
    if (poison === 'throws') throw new Error('poison')
    if (poison === 'hangs') await new Promise<never>(() => undefined)
    if (pace > 0) await setTimeout(Math.random() * pace)
    if (signal.aborted) return // somebody else does it
    appendFileSync(ledger, `handled ${event.id} ${event.key} ${n} ${fence} ${name}\n`)
  },
  { name: 'work', retry: false, timeout: 1_000 },
)

const client = mutated(nodeRedis(createClient({ url })), mutant, answered)
const joined = await bridge(
  bus,
  redisStreams({
    client,
    namespace,
    group: 'work',
    shards,
    clock: clockOf(mutant, lease),
    limits: { lease, poll: 5, answerWithin: 500, connectWithin: 5_000, silentFor: 500, deliveries },
    random: () => 0.05,
  }),
  { send: [] },
)

process.on('SIGTERM', () => {
  if (mutant === 'abrupt') process.exit(0)
  void joined
    .close()
    .then(() => bus.close())
    .then(() => process.exit(0))
})
process.send?.('ready')
