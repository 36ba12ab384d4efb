// Every frame of docs/PROTOCOL.md.

export const VERSION = 1

/** What a side may send before it is acknowledged, in events. */
export const WINDOW = 256

/** Room in a frame for what stands around one event, in bytes. */
export const ENVELOPE: number = 4 * 1024

export interface Hello {
  readonly type: 'hello'
  readonly version: 1
  readonly session: string
  readonly token?: string
  readonly resume?: Place
}

/** A place in the stream of a hub. */
export interface Place {
  readonly epoch: string
  readonly offset: string
}

export interface Welcome extends Place {
  readonly type: 'welcome'
  readonly version: 1
  readonly sequence: number
  readonly refused?: readonly Refused[]
  readonly window: number
  readonly maxBytes: number
  readonly publish: readonly string[]
  readonly subscribe: readonly string[]
}

export interface Want {
  readonly type: 'want'
  readonly patterns: readonly string[]
}

export interface EventsUp {
  readonly type: 'events'
  readonly sequence: number
  readonly events: readonly unknown[]
}

export interface EventsDown {
  readonly type: 'events'
  readonly offset: string
  readonly events: readonly unknown[]
}

interface AckDown {
  readonly type: 'ack'
  readonly sequence: number
  readonly refused?: readonly Refused[]
}

/** The number of an event that the hub did not take, and why. */
export type Refused = readonly [sequence: number, reason: string]

export interface AckUp {
  readonly type: 'ack'
  readonly offset: string
}

export interface Gap {
  readonly type: 'gap'
  readonly offset: string
  readonly reason: string
  readonly missing?: number
}

interface Ping {
  readonly type: 'ping'
}

export interface PingDown extends Ping {
  readonly offset?: string
}

interface Pong {
  readonly type: 'pong'
}

interface Bye {
  readonly type: 'bye'
  readonly retryAfter: number
}

/** What a client sends. */
export type ClientFrame = Hello | Want | EventsUp | AckUp | Ping | Pong

/** What a hub sends. */
export type HubFrame = Welcome | EventsDown | AckDown | Gap | PingDown | Pong | Bye

/** An `events` frame of texts that are JSON already. */
export function eventsText(where: string, texts: readonly string[]): string {
  return `{"type":"events",${where},"events":[${texts.join(',')}]}`
}
