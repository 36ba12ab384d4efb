import { createFrames, type Transport } from '@heliobus/core'

export interface MessagePortOptions {
  /** What signals and logs call it. Default `message-port`. */
  readonly name?: string
  /**
   * In Node: whether an open link keeps the process or the worker running. Default false: a bus is no reason to go on. A
   * worker that does nothing but wait for events needs true.
   */
  readonly keepAlive?: boolean
}

/** A `MessagePort` of a browser or of Node; in browsers also a `Worker`, and inside of one its global scope. */
export interface PortLike {
  postMessage(message: unknown): void
  addEventListener(type: PortEvent, listener: (event: PortMessage) => void): void
  removeEventListener(type: PortEvent, listener: (event: PortMessage) => void): void
  start?(): void
  /** Only Node has it. */
  unref?(): void
}

export interface PortMessage {
  readonly type: string
  readonly data?: unknown
}

export type PortEvent = 'message' | 'messageerror' | 'close'

/**
 * Two sides of one port: a page and its worker or frame, two threads. At most once; what is missed is told as a gap with the
 * next message. Closing the link leaves the port open, so that another link can use it: the port is its maker's to close.
 * When the other side closes it, the link is `lost`. A function is asked for a port with every link, so that `reconnecting`
 * finds a new worker.
 *
 * @example
 * const { port1, port2 } = new MessageChannel()
 * worker.postMessage(port2, [port2])
 * await bridge(bus, messagePort(port1))
 */
export function messagePort(
  port: PortLike | (() => PortLike | Promise<PortLike>),
  options: MessagePortOptions = {},
): Transport {
  const { name = 'message-port', keepAlive = false } = options
  const ended = new WeakSet<PortLike>()
  return {
    name,
    traits: { ordered: true, durable: false, acknowledges: false, zone: 'process' },
    async open(bus) {
      const end = typeof port === 'function' ? await port() : port
      if (ended.has(end)) throw new Error('the port is closed')
      const frames = createFrames(bus)
      let isOpen = true
      const listeners: readonly [PortEvent, (event: PortMessage) => void][] = [
        ['message', ({ data }) => frames.unpack(data)],
        ['messageerror', () => bus.gap('a message could not be read')],
        [
          'close',
          () => {
            isOpen = false
            ended.add(end)
            bus.report('lost', 'the other side has closed the port')
          },
        ],
      ]
      for (const [type, listener] of listeners) end.addEventListener(type, listener)
      end.start?.()
      if (!keepAlive) end.unref?.()
      return {
        send(events) {
          if (!isOpen) throw new Error('the port is closed')
          end.postMessage(frames.pack(events))
        },
        async close() {
          isOpen = false
          for (const [type, listener] of listeners) end.removeEventListener(type, listener)
        },
      }
    },
  }
}
