import { describe, expect, it } from 'vitest'
import { createBus, createMemoryLog } from '../src/index.ts'
import { dataIn } from './stub-log.ts'

const bus = createBus({ history: { capacity: 0 } })

describe('a log in memory', () => {
  it('keeps the newest events, counts those that it dropped, and says that they are missing', async () => {
    const log = createMemoryLog({ capacity: 3 })
    await log.append([1, 2].map((n) => bus.publish('a', n)))
    expect(log.dropped).toBe(0)
    await log.append([3, 4, 5].map((n) => bus.publish('a', n)))
    expect(log.dropped).toBe(2)
    expect(await dataIn(log)).toEqual([3, 4, 5])
    await expect(dataIn(log, { after: 1 })).rejects.toMatchObject({
      code: 'log-gap',
      details: { after: 1, removed: 2, last: 5 },
    })
  })

  it('what is pruned is not dropped', async () => {
    const log = createMemoryLog()
    await log.append([bus.publish('a', 1)])
    await log.prune(Number.POSITIVE_INFINITY)
    expect(log.dropped).toBe(0)
  })

  it('keeps 10,000 unless told otherwise', async () => {
    const log = createMemoryLog()
    const event = bus.publish('a', 1)
    await log.append(Array.from({ length: 10_001 }, (_, index) => ({ ...event, id: `${index}` })))
    expect(await log.count()).toBe(10_000)
  })

  it('tells its name when it is closed', async () => {
    const log = createMemoryLog({ name: 'audit' })
    await log.close()
    await expect(log.count()).rejects.toThrow('the log "audit" is closed')
  })

  it('refuses a capacity that makes no sense', () => {
    expect(() => createMemoryLog({ capacity: 0 })).toThrow('capacity must be a whole number above 0, not 0')
  })

  it('reading that has begun goes on over what was there, whatever goes meanwhile', async () => {
    const log = createMemoryLog()
    await log.append([1, 2, 3].map((n) => bus.publish('a', n)))
    const seen: unknown[] = []
    for await (const { event } of log.read()) {
      seen.push(event.data)
      await log.prune(Number.POSITIVE_INFINITY)
      await log.append([bus.publish('a', 'later')])
    }
    expect(seen).toEqual([1, 2, 3])
  })

  it('reading ends with the log', async () => {
    const log = createMemoryLog()
    await log.append([1, 2].map((n) => bus.publish('a', n)))
    const reader = log.read()[Symbol.asyncIterator]()
    await reader.next()
    await log.close()
    await expect(reader.next()).rejects.toMatchObject({ code: 'log-closed' })
  })
})
