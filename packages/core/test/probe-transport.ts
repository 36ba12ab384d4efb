import type { Link, Port, Traits, Transport, WireEvent } from '../src/index.ts'

/** A transport in the hands of the test: what was sent stands in `sent`, what shall arrive is given to `port`. */
export interface Probe extends Transport {
  readonly port: Port
  /** The events of each call of `send`. */
  readonly sent: (readonly WireEvent[])[]
  readonly isClosed: boolean
  /** What `send` does next; by default it takes the events at once. */
  answer: () => ReturnType<Link['send']>
}

export function createProbe(traits: Partial<Traits> = {}): Probe {
  let port: Port | undefined
  let isClosed = false
  const sent: (readonly WireEvent[])[] = []
  const probe: Probe = {
    name: 'probe',
    traits: { ordered: true, durable: false, acknowledges: false, zone: 'process', ...traits },
    sent,
    answer: () => undefined,
    get port() {
      return port!
    },
    get isClosed() {
      return isClosed
    },
    async open(opened) {
      port = opened
      return {
        send(events) {
          sent.push(events)
          return probe.answer()
        },
        close: async () => void (isClosed = true),
      }
    },
  }
  return probe
}

/** The transport with every message changed on its way in: takes from the events what a guard looks at. */
export function altered(transport: Transport, change: (event: WireEvent) => WireEvent): Transport {
  return {
    ...transport,
    open: (port) =>
      transport.open({
        ...port,
        receive: (message, delivery) => port.receive(change(message as WireEvent), delivery),
      }),
  }
}

/** The transport with what it sends given to `note` as well. */
export function watched(transport: Transport, note: (event: WireEvent) => void): Transport {
  return {
    ...transport,
    async open(port) {
      const link = await transport.open(port)
      return {
        ...link,
        send(events) {
          for (const event of events) note(event)
          return link.send(events)
        },
      }
    },
  }
}

/** The transport with everything also coming back to its sender. */
export function echoing(transport: Transport): Transport {
  return {
    ...transport,
    async open(port) {
      const link = await transport.open(port)
      return {
        ...link,
        send(events) {
          for (const event of events) void port.receive(JSON.parse(JSON.stringify(event)))
          return link.send(events)
        },
      }
    },
  }
}
