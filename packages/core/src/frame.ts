import type { Port } from './transport.ts'
import type { WireEvent } from './wire.ts'

/** Events of one sender, and how many it sent before them. What at-most-once transports put on the way. */
export interface Frame {
  readonly heliobus: 1
  /** The sending link: unique, made anew with every link. */
  readonly link: string
  /** How many events this link sent before these. */
  readonly sent: number
  readonly events: readonly WireEvent[]
}

/** The frames of one link, both ways. */
export interface Frames {
  pack(events: readonly WireEvent[]): Frame
  /**
   * Hands what came to the port, event by event, and tells it of events that are missing. What is no frame goes to the port
   * as it is: that refuses it, or takes a single CloudEvent that somebody else has sent.
   */
  unpack(message: unknown): void
}

/** Senders remembered at most. One that is forgotten counts as new: what it sent before is not missed. */
const SENDERS = 1_000

/**
 * Numbers what a link sends, and finds what it misses of others: a receiver that knows a sender sees how many events lie
 * between two of its frames. A loss at the very end shows with the sender's next frame.
 */
export function createFrames(port: Port): Frames {
  const link = crypto.randomUUID()
  const expected = new Map<string, number>()
  let sent = 0

  function follow({ link: sender, sent: before, events }: Frame): void {
    const next = expected.get(sender) ?? before
    if (before > next) port.gap('messages of a sender were lost', before - next)
    expected.delete(sender) // the least recently heard stays in front
    expected.set(sender, Math.max(next, before + events.length))
    if (expected.size > SENDERS) expected.delete(expected.keys().next().value!)
  }

  return {
    pack(events) {
      const frame: Frame = { heliobus: 1, link, sent, events }
      sent += events.length
      return frame
    },
    unpack(message) {
      if (!isFrame(message)) {
        void port.receive(message)
        return
      }
      follow(message)
      for (const event of message.events) void port.receive(event)
    },
  }
}

function isFrame(message: unknown): message is Frame {
  return (
    isObject(message) &&
    message['heliobus'] === 1 &&
    isShortText(message['link']) &&
    isCount(message['sent']) &&
    Array.isArray(message['events'])
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 64
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
