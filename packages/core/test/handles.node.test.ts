import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBus, handles, isBusError, register } from '../src/index.ts'
import type { makeProfiles } from './decorators/profile.ts'
import { shop, UserCreated } from './shop.ts'

// Vite leaves decorators as they are, so the classes are compiled by the compiler itself, in both ways that it knows.
const top = fileURLToPath(new URL('../../..', import.meta.url))

async function compile(way: string, outDir: string): Promise<typeof makeProfiles> {
  const project = fileURLToPath(new URL(`decorators/tsconfig.${way}.json`, import.meta.url))
  const tsc = join(top, 'node_modules/typescript/bin/tsc')
  await promisify(execFile)(process.execPath, [tsc, '-p', project, '--outDir', outDir])
  writeFileSync(join(outDir, 'package.json'), '{ "type": "module" }')
  const url = pathToFileURL(join(outDir, 'test/decorators/profile.js')).href
  const module = (await import(url)) as { readonly makeProfiles: typeof makeProfiles }
  return module.makeProfiles
}

describe.each(['standard', 'experimental'])('%s decorators', (way) => {
  const outDir = mkdtempSync(join(tmpdir(), 'heliobus-decorators-'))
  let classes: ReturnType<typeof makeProfiles>
  beforeAll(async () => {
    classes = (await compile(way, outDir))(handles, UserCreated)
  }, 60_000)
  afterAll(() => rmSync(outDir, { recursive: true }))

  it('a marked method is subscribed under its name, bound to its instance, by its policy', async () => {
    const bus = createBus({ catalog: shop })
    const profile = new classes.Profile()
    register(bus, profile)
    bus.publish('user.created', { name: 'Ada' })
    expect(profile.calls).toEqual(['welcome Ada 1'])
    expect(bus.subscriptions().map(({ name, priority }) => [name, priority])).toEqual([
      ['greeter', 1],
      ['count', 0],
      ['count', 0],
      ['overridden', 0],
      ['forget', 0],
    ])
  })

  it('marks add up, inherited methods count, and an override counts as it is overridden', async () => {
    const bus = createBus({ catalog: shop })
    const profile = new classes.Profile()
    register(bus, profile)
    bus.publish('user.deleted', {})
    bus.publish('user:login', { device: 'phone' })
    bus.publish('order.payment.completed', { orderId: '1', total: 1 })
    await bus.drain()
    expect(profile.calls.toSorted()).toEqual([
      'count order.payment.completed',
      'count user.deleted',
      'count user:login',
      'forget',
      'overridden',
    ])
  })

  it('instances are apart, and each is ended as a whole', () => {
    const bus = createBus({ catalog: shop })
    const [one, other] = [new classes.Base(), new classes.Base()]
    const subscription = register(bus, one)
    register(bus, other)
    bus.publish('user.deleted', {})
    expect(subscription.closed).toBe(false)
    subscription.unsubscribe()
    expect(subscription.closed).toBe(true)
    bus.publish('user.deleted', {})
    expect(one.calls).toEqual(['forget', 'overridden in the base', 'unmarked in the base'])
    expect(other.calls).toHaveLength(6)
  })

  it('on a scope they end with the scope', async () => {
    const bus = createBus({ catalog: shop })
    const scope = bus.scope('profiles')
    const subscription = register(scope, new classes.Profile())
    expect(bus.subscriptions().every((one) => one.scope === 'profiles')).toBe(true)
    await scope.close()
    expect(subscription.closed).toBe(true)
    expect(bus.subscriptions()).toEqual([])
  })

  it('one that cannot be subscribed is said, and then none is', () => {
    const bus = createBus()
    let thrown: unknown
    try {
      register(bus, new classes.Faulty())
    } catch (error) {
      thrown = error
    }
    expect(isBusError(thrown, 'pattern-invalid')).toBe(true)
    expect(bus.subscriptions()).toEqual([])
  })
})

describe('@handles', () => {
  it('belongs on a method', () => {
    const decorate = handles('a') as unknown as (target: unknown, context: unknown) => void
    expect(() => decorate(undefined, { kind: 'field' })).toThrow('belongs on a method')
  })
})
