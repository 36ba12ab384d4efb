import { createBus } from '@heliobus/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Recorder } from '../../src/model/recorder.ts'
import { commandsOf } from '../../src/panel/state/commands.ts'
import { Panel } from '../../src/panel/state/panel.ts'
import { Session } from '../../src/panel/state/session.ts'

const still = { requestAnimationFrame: () => 0, cancelAnimationFrame: () => {} }
const panels: Panel[] = []

function createPanel(...sources: string[]): Panel {
  const sessions = sources.map((source) => Session.ofBus(createBus({ source }), () => 0))
  const panel = new Panel({ sessions, frames: still, elapsed: () => 0 })
  panels.push(panel)
  return panel
}

afterEach(() => panels.splice(0).forEach((panel) => panel.close()))

describe('a session', () => {
  test('counts exactly what was published, and goes on counting when the list is cleared', () => {
    const bus = createBus({ source: 'shop' })
    const session = Session.ofBus(bus, () => 0)
    for (let n = 0; n < 30; n++) bus.publish(n % 3 === 0 ? 'order.paid' : 'order.created', { n })
    expect(session.recorder.statistics.of('order.paid').published).toBe(10)
    session.clear()
    bus.publish('order.paid', {})
    expect(session.recorder.rows.length).toBe(1)
    expect(session.recorder.statistics.of('order.paid').published).toBe(11)
    session.close()
  })

  test('hears nothing while recording is stopped', () => {
    const bus = createBus()
    const session = Session.ofBus(bus, () => 0)
    session.setRecording(false)
    bus.publish('order.paid', {})
    session.setRecording(true)
    bus.publish('order.paid', {})
    expect(session.recorder.rows.length).toBe(1)
    session.close()
  })

  test('statistics that are counted anew have a tree of their own', () => {
    const bus = createBus()
    const session = Session.ofBus(bus, () => 0)
    bus.publish('order.paid', {})
    session.forget()
    bus.publish('user.created', {})
    expect(session.tree.branches(0).map(({ segment }) => segment)).toEqual(['user'])
    session.close()
  })

  test('lets go of every event when it is closed', () => {
    const bus = createBus()
    const session = Session.ofBus(bus, () => 0)
    bus.publish('order.paid', {})
    session.close()
    bus.publish('order.paid', {})
    expect(session.recorder.rows.length).toBe(0)
    expect(session.recorder.rows.eventAt(0)).toBeUndefined()
  })
})

describe('a panel', () => {
  test('looks at one of several buses, each with its own filter', () => {
    const panel = createPanel('shop', 'stock')
    const [shop, stock] = panel.sessions
    panel.session.view.setFilter('topic:order.*')
    panel.look(stock!)
    expect(panel.session.view.text).toBe('')
    panel.look(shop!)
    expect(panel.session.view.text).toBe('topic:order.*')
  })

  test('a recording is looked at when it is opened, paused, and can be taken away; a bus stays', () => {
    const panel = createPanel('shop')
    const [shop] = panel.sessions
    const recording = Session.ofRecording('yesterday', new Recorder(), '')
    panel.add(recording)
    expect(panel.session).toBe(recording)
    expect(recording.view.paused).toBe(true)
    panel.remove(recording)
    expect(panel.session).toBe(shop)
    panel.remove(shop!)
    expect(panel.sessions).toEqual([shop])
  })

  test('tells of each change once, and of none after', () => {
    const panel = createPanel('shop')
    const heard = vi.fn()
    const stop = panel.listen(heard)
    panel.show('topics')
    panel.follow(false)
    panel.open('help')
    expect(heard).toHaveBeenCalledTimes(3)
    stop()
    panel.show('stream')
    expect(heard).toHaveBeenCalledTimes(3)
  })

  test('needs something to show', () => {
    expect(() => new Panel({ sessions: [], frames: still, elapsed: () => 0 })).toThrow('a panel needs a bus')
  })
})

describe('commands', () => {
  test('each has an id and a key of its own, and does what it says', () => {
    const panel = createPanel('shop')
    const commands = commandsOf(panel)
    const keys = commands.flatMap(({ key }) => key ?? [])
    expect(new Set(keys).size).toBe(keys.length)
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length)

    const run = (id: string): void =>
      commandsOf(panel)
        .find((command) => command.id === id)!
        .run()
    run('pause')
    expect(panel.session.view.paused).toBe(true)
    run('pause')
    expect(panel.session.view.paused).toBe(false)
    run('record')
    expect(panel.session.recorder.recording).toBe(false)
    run('view-topics')
    expect(panel.view).toBe('topics')
    run('theme-light')
    expect(panel.settings.get().theme).toBe('light')
    run('time')
    expect(panel.settings.get().time).toBe('session')
  })

  test('those of the shell are there only while a shell holds the panel', () => {
    const panel = createPanel('shop')
    const has = (id: string): boolean => commandsOf(panel).some((command) => command.id === id)
    expect(has('pop-out')).toBe(false)
    panel.shell = { isPoppedOut: false, togglePopOut: () => 'blocked by the browser', close: () => {} }
    expect(has('pop-out')).toBe(true)
    commandsOf(panel)
      .find(({ id }) => id === 'pop-out')!
      .run()
    expect(panel.message).toBe('blocked by the browser')
  })
})
