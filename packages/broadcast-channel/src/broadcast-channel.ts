import { createFrames, type Frames, type Port, type Transport, type WireEvent } from '@heliobus/core'

/** Where the platform differs, or a test has its own. */
export interface BroadcastChannelOptions {
  /** Makes a channel. Default: the platform's `BroadcastChannel`, which browsers, workers and Node have. */
  readonly create?: (name: string) => Channel
  /** Tells when a page is put into the back/forward cache, and when it comes back. Default: the page, where there is one. */
  readonly page?: Page | undefined
  /**
   * In Node: whether an open channel keeps the process or the worker running. Default false: a bus is no reason to go on.
   * A worker that does nothing but wait for events needs true.
   */
  readonly keepAlive?: boolean
}

/** The part of a `BroadcastChannel` that is used. */
export interface Channel {
  postMessage(message: unknown): void
  addEventListener(
    type: 'message' | 'messageerror',
    listener: (event: { readonly data: unknown }) => void,
  ): void
  close(): void
  /** Only Node has it. */
  unref?(): void
}

/** The part of a `Window` that is used. */
export interface Page {
  addEventListener(type: 'pagehide' | 'pageshow', listener: (event: PageTransition) => void): void
  removeEventListener(type: 'pagehide' | 'pageshow', listener: (event: PageTransition) => void): void
}

/** `persisted`: the page goes into the back/forward cache, or comes from it. */
export interface PageTransition {
  readonly persisted: boolean
}

/** Part of the channel's name: pages that speak another version of the frame don't hear these. */
const VERSION = 'heliobus:1'

/**
 * All pages, frames and workers of an origin, or all threads of a Node process, that use the same `name`. Browsers part them
 * by top-level site: a frame of another site's page is not heard. At most once: what is sent while somebody is away is
 * missed, and told as a gap with the sender's next message. Each link has a channel of its own; a page in the back/forward
 * cache has none, so it is `lost` meanwhile, and a gap is told when it comes back.
 *
 * @example
 * await bridge(bus, broadcastChannel('shop'))
 */
export function broadcastChannel(name: string, options: BroadcastChannelOptions = {}): Transport {
  const { create = platformChannel, page = platformPage(), keepAlive = false } = options
  const make = (): Channel => {
    const channel = create(`${VERSION}:${name}`)
    if (!keepAlive) channel.unref?.()
    return channel
  }
  return {
    name: `broadcast-channel:${name}`,
    traits: { ordered: true, durable: false, acknowledges: false, zone: 'origin', reconnects: true },
    async open(port) {
      const line = new Line(port, make)
      const hide = ({ persisted }: PageTransition): void => (persisted ? line.leave() : undefined)
      const show = ({ persisted }: PageTransition): void => (persisted ? line.comeBack() : undefined)
      page?.addEventListener('pagehide', hide)
      page?.addEventListener('pageshow', show)
      return {
        send: (events) => line.send(events),
        async close() {
          page?.removeEventListener('pagehide', hide)
          page?.removeEventListener('pageshow', show)
          line.close()
        },
      }
    },
  }
}

/** One link: the channel that it has at the moment. */
class Line {
  readonly #port: Port
  readonly #make: () => Channel
  readonly #frames: Frames
  #channel: Channel | undefined
  #isClosed = false

  constructor(port: Port, make: () => Channel) {
    this.#port = port
    this.#make = make
    this.#frames = createFrames(port)
    this.#channel = this.#join()
  }

  send(events: readonly WireEvent[]): void {
    if (this.#isClosed) throw new Error('the link is closed')
    const channel = this.#channel ?? this.#make() // away, a page still runs until its last listener has been called
    channel.postMessage(this.#frames.pack(events))
    if (channel !== this.#channel) channel.close()
  }

  close(): void {
    this.#isClosed = true
    this.#part()
  }

  /** A frozen page would miss messages unnoticed, or be thrown out of the cache by the first. */
  leave(): void {
    this.#part()
    this.#port.report('lost', 'the page is in the back/forward cache')
  }

  comeBack(): void {
    if (this.#channel !== undefined) return // the page was never away from here
    this.#channel = this.#join()
    this.#port.gap('the page was in the back/forward cache')
    this.#port.report('open')
  }

  #part(): void {
    this.#channel?.close()
    this.#channel = undefined
  }

  #join(): Channel {
    const channel = this.#make()
    channel.addEventListener('message', ({ data }) => {
      if (channel === this.#channel) this.#frames.unpack(data)
    })
    channel.addEventListener('messageerror', () => this.#port.gap('a message could not be read'))
    return channel
  }
}

function platformChannel(name: string): Channel {
  return new BroadcastChannel(name)
}

function platformPage(): Page | undefined {
  return 'onpagehide' in globalThis ? globalThis : undefined
}
