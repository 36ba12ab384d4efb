// A client of a hub in a few lines, written from docs/PROTOCOL.md alone: nothing of Heliobus is imported. It keeps what it
// publishes until that is accepted, goes on where it left off, and says what it has missed. websocket.ts shows it at work.
import { WebSocket } from 'ws'

/** Any frame of a hub: each has some of these. */
interface Frame {
  readonly type: string
  readonly epoch: string
  readonly offset: string
  readonly sequence: number
  readonly window: number
  readonly events: readonly Record<string, unknown>[]
  readonly reason: string
  readonly retryAfter: number
}

interface Options {
  readonly url: string
  readonly patterns: readonly string[]
  readonly token?: string
  readonly onEvent: (event: Record<string, unknown>) => void
  readonly onGap: (reason: string) => void
}

export function joinHub({ url, patterns, token, onEvent, onGap }: Options) {
  const session = crypto.randomUUID()
  let socket: WebSocket
  let outbox: { readonly sequence: number; readonly event: object }[] = []
  let [published, sent, window, unacknowledged, failures, retryAfter] = [0, 0, 0, 0, 0, 0]
  let isClosed = false
  let place: { readonly epoch: string; readonly offset: string } | undefined

  const say = (frame: object): void => socket.send(JSON.stringify(frame))

  function flush(): void {
    for (; sent < Math.min(outbox.length, window); sent++)
      say({ type: 'events', sequence: outbox[sent]!.sequence, events: [outbox[sent]!.event] })
  }

  function accepted(sequence: number): void {
    const left = outbox.filter((one) => one.sequence > sequence)
    sent = Math.max(0, sent - (outbox.length - left.length))
    outbox = left
    flush()
  }

  const on: Record<string, (frame: Frame) => void> = {
    welcome({ epoch, offset, sequence, ...agreed }) {
      ;[sent, window, unacknowledged, failures, place] = [0, agreed.window, 0, 0, { epoch, offset }]
      say({ type: 'want', patterns })
      accepted(sequence)
    },
    ack: ({ sequence }) => accepted(sequence),
    events({ events, offset }) {
      for (const event of events) onEvent(event)
      unacknowledged += events.length
      if (unacknowledged >= window / 2) say({ type: 'ack', offset })
      unacknowledged %= window / 2
    },
    gap: ({ reason }) => onGap(reason),
    ping: () => say({ type: 'pong' }),
    bye: (frame) => (retryAfter = frame.retryAfter),
  }

  function connect(): void {
    window = 0
    socket = new WebSocket(url)
    socket.on('open', () => say({ type: 'hello', version: 1, session, token, resume: place }))
    socket.on('message', (text: Buffer) => {
      const frame: Frame = JSON.parse(text.toString())
      on[frame.type]?.(frame)
      if (place && frame.offset) place = { ...place, offset: frame.offset }
    })
    socket.on('error', () => {}) // the close that follows says all
    socket.on('close', (code) => {
      const isFinal = [1000, 1002, 1003, 1007, 1009].includes(code) || (code >= 4400 && code < 4500)
      const wait = retryAfter * (1 + Math.random()) || Math.random() * Math.min(30_000, 500 * 2 ** failures++)
      if (!isFinal && !isClosed) setTimeout(connect, wait)
      retryAfter = window = 0
    })
  }

  connect()
  return {
    publish(type: string, data: unknown): void {
      const event = { specversion: '1.0', id: crypto.randomUUID(), source: 'by-hand', type, data }
      outbox.push({ sequence: ++published, event })
      flush()
    },
    close(): void {
      isClosed = true
      socket.close(1000)
    },
  }
}

// prints:
