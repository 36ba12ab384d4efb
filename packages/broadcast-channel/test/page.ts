// Runs in a page of a real browser, at the command of the test.
import { type Bridge, bridge, type Bus, createBus } from '@heliobus/core'
import { broadcastChannel } from '../src/index.ts'
import { createPeerHost, type Note } from './peer-host.ts'

declare global {
  /** Given by the test: takes what a link has heard. */
  function note(note: Note): void
}

const buses = new Map<string, Tab>()

/** A bus of this page, and what it has handled. */
interface Tab {
  readonly bus: Bus
  readonly bridge: Bridge
  readonly handled: unknown[]
  /** Types of signals that tell of the link. */
  readonly signals: string[]
}

/** What the test calls. */
const tab = {
  host: createPeerHost(
    (world) => broadcastChannel(world),
    (heard) => note(heard),
  ),
  async join(channel: string) {
    const bus = createBus({ source: 'page' })
    const handled: unknown[] = []
    const signals: string[] = []
    bus.tap$.subscribe((signal) => {
      if (signal.type === 'link') signals.push(signal.status)
      if (signal.type === 'gap') signals.push(signal.type)
    })
    bus.subscribe('**', ({ data }) => handled.push(data))
    buses.set(channel, { bus, handled, signals, bridge: await bridge(bus, broadcastChannel(channel)) })
  },
  publish(channel: string, data: unknown) {
    return buses.get(channel)?.bus.publish('user.created', data)
  },
  handled: (channel: string) => buses.get(channel)?.handled,
  signals: (channel: string) => buses.get(channel)?.signals,
}

export type PageTab = typeof tab

Object.assign(globalThis, { tab })
