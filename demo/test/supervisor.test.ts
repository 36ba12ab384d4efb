import { expect, test } from '@playwright/test'
import { createManualClock, type ManualClock } from '@heliobus/testing'
import type { ShardStatus } from '@heliobus/redis'
import { Tally } from '../server/services/books.ts'
import type { WorkerMessage, WorkerTask } from '../server/services/messages.ts'
import { END_WITHIN, PAUSE, VACANCY } from '../server/services/replica.ts'
import { Supervisor } from '../server/services/supervisor.ts'
import type { WorkerProcess } from '../server/services/worker-process.ts'
import type { ServiceFacts } from '../src/station/service-facts.ts'

/** A worker that does as it is told, but only says it has. */
class FakeWorker implements WorkerProcess {
  readonly pid: number
  readonly task: WorkerTask
  readonly signals: string[] = []
  readonly orders: unknown[] = []
  readonly say: (message: WorkerMessage) => void
  readonly exit: () => void

  constructor(pid: number, task: WorkerTask, say: (message: WorkerMessage) => void, exit: () => void) {
    this.pid = pid
    this.task = task
    this.say = say
    this.exit = exit
  }

  kill(signal: string): void {
    this.signals.push(signal)
    if (signal === 'SIGKILL') this.exit()
  }

  tell(order: unknown): void {
    this.orders.push(order)
  }

  /** Says what it owns, by shard and fence, and what Redis knows. */
  report(owned: Readonly<Record<number, number>>, known: readonly ShardStatus[], redelivered = 0): void {
    const shards = Object.entries(owned).map(([shard, fence]) => ({
      shard: Number(shard),
      fence,
      inFlight: 0,
      isHalted: false,
    }))
    const module = { handled: 2, failures: 1, state: `${this.pid}` }
    this.say({ type: 'report', report: { owned: shards, redelivered, module, group: known } })
  }
}

/** A group as Redis knows it, by shard and fence of its owner. */
function group(fences: Readonly<Record<number, number>>, more: Partial<ShardStatus> = {}): ShardStatus[] {
  return Object.entries(fences).map(([shard, fence]) => ({
    shard: Number(shard),
    owner: { member: `m${fence}`, fence },
    lag: 0,
    pending: 0,
    deadLetters: 0,
    parkedKeys: 0,
    redelivered: 0,
    isHalted: false,
    ...more,
  }))
}

interface Scene {
  readonly supervisor: Supervisor
  readonly clock: ManualClock
  readonly accepted: Tally
  /** All that were ever started for `email`. */
  readonly email: FakeWorker[]
  readonly all: FakeWorker[]
  readonly facts: () => ServiceFacts
}

function start(): Scene {
  const clock = createManualClock()
  const all: FakeWorker[] = []
  const accepted = new Tally()
  const supervisor = new Supervisor({
    url: 'redis://nowhere',
    namespace: 'test',
    clock,
    accepted,
    startWorker(task, { hear, exited }) {
      const worker = new FakeWorker(100 + all.length, task, hear, exited)
      all.push(worker)
      return worker
    },
  })
  for (const worker of all) worker.say({ type: 'ready' })
  const email = (): FakeWorker[] => all.filter(({ task }) => task.service === 'email')
  const facts = (): ServiceFacts => supervisor.facts().find(({ name }) => name === 'email')!
  return {
    supervisor,
    clock,
    accepted,
    all,
    facts,
    get email() {
      return email()
    },
  }
}

/** Both own two shards. */
function share({ email: [first, second] }: Scene): void {
  first!.report({ 0: 1, 1: 1 }, group({ 0: 1, 1: 1, 2: 2, 3: 2 }))
  second!.report({ 2: 2, 3: 2 }, group({ 0: 1, 1: 1, 2: 2, 3: 2 }))
}

const states = ({ facts }: Scene): string[] =>
  facts().workers.map(({ state, shards }) => `${state} ${shards.join()}`)

test('a worker that is killed keeps its shards until Redis says otherwise, and has a successor after a while', () => {
  const scene = start()
  const { supervisor, clock, facts } = scene
  share(scene)
  expect(states(scene)).toEqual(['running 0,1', 'running 2,3'])
  supervisor.order(scene.email[0]!.pid, 'kill')
  expect(states(scene)).toEqual(['dead 0,1', 'running 2,3'])
  expect(facts().takeover).toBeUndefined()

  clock.advance(3_000)
  scene.email[1]!.report({ 0: 3, 1: 4, 2: 2, 3: 2 }, group({ 0: 3, 1: 4, 2: 2, 3: 2 }))
  expect(states(scene)).toEqual(['dead ', 'running 0,1,2,3'])
  expect(facts().takeover).toEqual({ pid: scene.email[0]!.pid, why: 'killed', shards: 2, ms: 3_000 })

  clock.advance(VACANCY - 3_001)
  expect(scene.email).toHaveLength(2)
  clock.advance(1)
  expect(states(scene)).toEqual(['coming back ', 'running 0,1,2,3'])
  scene.email[2]!.say({ type: 'ready' })
  expect(states(scene)).toEqual(['running ', 'running 0,1,2,3'])
})

test('a takeover counts when all shards have another owner, not some of them', () => {
  const scene = start()
  share(scene)
  scene.supervisor.order(scene.email[0]!.pid, 'kill')
  scene.email[1]!.report({ 0: 3, 2: 2, 3: 2 }, group({ 0: 3, 1: 1, 2: 2, 3: 2 }))
  expect(states(scene)).toEqual(['dead 1', 'running 0,2,3'])
  expect(scene.facts().takeover).toBeUndefined()
})

test('a worker that is paused is woken after its lease; meanwhile it can be killed, and not paused again', () => {
  const scene = start()
  const { supervisor, clock } = scene
  share(scene)
  const [first] = scene.email
  supervisor.order(first!.pid, 'pause')
  expect(first!.signals).toEqual(['SIGSTOP'])
  expect(() => supervisor.order(first!.pid, 'pause')).toThrow('stands still already')
  clock.advance(PAUSE)
  expect(first!.signals).toEqual(['SIGSTOP', 'SIGCONT'])
  expect(states(scene)[0]).toBe('running 0,1')

  supervisor.order(first!.pid, 'pause')
  supervisor.order(first!.pid, 'kill')
  expect(states(scene)[0]).toBe('dead 0,1')
  clock.advance(VACANCY)
  expect(states(scene)[0]).toBe('coming back ')
  expect(first!.signals).not.toContain('SIGTERM')
})

test('no other process can be reached, nor one that is dead', () => {
  const { supervisor, email } = start()
  for (const pid of [0, 1, process.pid])
    expect(() => supervisor.order(pid, 'kill')).toThrow('no worker of the observatory')
  supervisor.order(email[0]!.pid, 'kill')
  expect(() => supervisor.order(email[0]!.pid, 'kill')).toThrow('no worker of the observatory')
  expect(email[0]!.signals).toEqual(['SIGKILL'])
})

test('the ledger counts each event once, however often it is handled, and balances with what Redis says', () => {
  const scene = start()
  const { accepted, facts, email, supervisor } = scene
  accepted.add(['a', 'b', 'c', 'd'])
  accepted.add(['b']) // came again
  email[0]!.say({ type: 'handled', ids: ['a', 'b'] })
  email[1]!.say({ type: 'handled', ids: ['b'] })
  email[1]!.report({}, [...group({ 0: 1 }, { lag: 1, pending: 1 })])
  expect(facts().ledger).toEqual({ accepted: 4, handled: 2, dead: 0, discarded: 0, open: 2, duplicates: 1 })
  expect(facts().workers.map(({ handled }) => handled)).toEqual([2, 1])

  email[0]!.say({ type: 'handled', ids: ['c'] })
  email[1]!.report({}, [...group({ 0: 1 }, { deadLetters: 1 })])
  expect(facts().ledger).toEqual({ accepted: 4, handled: 3, dead: 1, discarded: 0, open: 0, duplicates: 1 })
  expect(supervisor.isStill).toBe(false) // of the other services nothing is known
})

test('all is still when every service has said so lately', () => {
  const { supervisor, clock, all, accepted } = start()
  for (const worker of all) worker.report({}, group({ 0: 1 }))
  expect(supervisor.isStill).toBe(true)
  accepted.add(['a'])
  expect(supervisor.isStill).toBe(false)
  for (const worker of all) worker.say({ type: 'handled', ids: ['a'] })
  expect(supervisor.isStill).toBe(true)
  clock.advance(3_000)
  expect(supervisor.isStill).toBe(false)
})

test('what a worker had told is not forgotten when its successor counts from 0', () => {
  const scene = start()
  const { supervisor, clock, facts } = scene
  scene.email[0]!.say({ type: 'handled', ids: ['a'] })
  scene.email[0]!.report({}, [], 5)
  scene.email[1]!.report({}, [])
  expect(supervisor.module('email')).toMatchObject({ handled: 4, failures: 2, state: '100 | 101' })
  supervisor.order(100, 'kill')
  clock.advance(VACANCY)
  expect(supervisor.module('email')).toEqual({ handled: 4, failures: 2, state: '101' })
  scene.email[2]!.say({ type: 'ready' })
  scene.email[2]!.report({}, [], 1)
  expect(facts().workers[0]).toMatchObject({ handled: 1, redelivered: 6 })
  expect(supervisor.module('email')).toMatchObject({ handled: 6, failures: 3 })
})

test('what a worker told before it was killed counts, though it is read after its end; that it was ready does not', () => {
  const scene = start()
  share(scene)
  const [first] = scene.email
  scene.supervisor.order(first!.pid, 'kill')
  first!.say({ type: 'handled', ids: ['a'] })
  first!.say({ type: 'ready' })
  first!.report({ 0: 9 }, [])
  expect(states(scene)).toEqual(['dead 0,1', 'running 2,3'])
  expect(scene.facts().ledger.handled).toBe(1)
  expect(scene.supervisor.module('email')).toMatchObject({ handled: 4 })
})

test('the devtools ask a worker about its group; one that ends leaves no question open', async () => {
  const scene = start()
  const { supervisor } = scene
  const [email] = supervisor.groups
  const peeked = email!.deadLetters.peek('0/1-1')
  const lost = email!.deadLetters.redrive('0/1-1')
  const [worker] = scene.email
  await expect.poll(() => worker!.orders).toHaveLength(2)
  expect(worker!.orders[0]).toEqual({ type: 'ask', number: 1, question: { about: 'peek', letter: '0/1-1' } })
  worker!.say({ type: 'answer', number: 1, answer: {} })
  expect(await peeked).toBeUndefined()
  const gone = email!.deadLetters.discard('0/1-1')
  await expect.poll(() => worker!.orders).toHaveLength(3)
  const failure = { message: 'there is no letter "0/1-1"', code: 'letter-unknown' }
  worker!.say({ type: 'answer', number: 3, answer: { failure } })
  await expect(gone).rejects.toMatchObject(failure)
  const thrownAway = email!.deadLetters.discard('0/1-2')
  await expect.poll(() => worker!.orders).toHaveLength(4)
  worker!.say({ type: 'answer', number: 4, answer: { value: 1 } })
  expect(await thrownAway).toBe(1)
  expect(scene.facts().ledger.discarded).toBe(1)

  supervisor.order(worker!.pid, 'kill')
  await expect(lost).rejects.toThrow('has ended')
  supervisor.order(scene.email[1]!.pid, 'kill')
  await expect(email!.inspect()).rejects.toThrow('no worker of email is running')
})

test('that the mail service is down is told to all, and to those that come later', () => {
  const scene = start()
  scene.supervisor.setMailDown(true)
  expect(scene.email[1]!.orders).toEqual([{ type: 'mail', isDown: true }])
  scene.supervisor.order(scene.email[0]!.pid, 'kill')
  scene.clock.advance(VACANCY)
  expect(scene.email[2]!.task.isMailDown).toBe(true)
})

test('a redrive is asked of one worker that runs; when there is none, that is said', () => {
  const { supervisor, email } = start()
  supervisor.order(email[0]!.pid, 'pause')
  supervisor.redrive('email')
  expect(email.map(({ orders }) => orders)).toEqual([[], [{ type: 'redrive' }]])
  supervisor.order(email[1]!.pid, 'kill')
  expect(() => supervisor.redrive('email')).toThrow('no worker of email is running')
})

test('the end waits for each worker; one that takes too long is killed; nobody comes back', async () => {
  const scene = start()
  const { supervisor, clock, all } = scene
  supervisor.order(scene.email[0]!.pid, 'kill')
  supervisor.order(scene.email[1]!.pid, 'pause')
  const [, second, ...others] = all
  const ended = supervisor.end()
  expect(second!.signals).toEqual(['SIGSTOP', 'SIGTERM', 'SIGCONT'])
  for (const worker of others) worker.exit()
  clock.advance(END_WITHIN)
  expect(second!.signals.at(-1)).toBe('SIGKILL')
  await ended
  clock.advance(10 * VACANCY)
  expect(all).toHaveLength(8)
})
