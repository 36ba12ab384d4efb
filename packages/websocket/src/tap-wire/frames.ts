// Every frame of docs/TAP-PROTOCOL.md.

export const TAP_VERSION = 1

export interface TapHello {
  readonly type: 'hello'
  readonly version: 1
  readonly token?: string
}

/** Asks for the data of an event. */
interface TapPull {
  readonly type: 'pull'
  /** Chosen by the viewer; the answer has the same. */
  readonly request: number
  readonly event: string
}

/** Asks for the time. */
interface TapClock {
  readonly type: 'clock'
  readonly request: number
}

export interface TapWelcome {
  readonly type: 'welcome'
  readonly version: 1
}

export interface TapSignals {
  readonly type: 'signals'
  readonly until: number
  readonly leftOut: number
  readonly signals: readonly unknown[]
}

export interface TapPayload {
  readonly type: 'payload'
  readonly request: number
  /** Absent for data that is `undefined`, and for data that can't be had. */
  readonly data?: unknown
  /** Why the data can't be had, in words. */
  readonly missing?: string
}

export interface TapTime {
  readonly type: 'time'
  readonly request: number
  readonly at: number
}

interface Ping {
  readonly type: 'ping'
}

interface Pong {
  readonly type: 'pong'
}

/** What a viewer sends. */
export type ViewerFrame = TapHello | TapPull | TapClock | Ping | Pong

/** What a process sends once it has welcomed. */
export type LaterTapFrame = TapSignals | TapPayload | TapTime | Ping | Pong

export type TapFrame = TapWelcome | LaterTapFrame

/** A `signals` frame of texts that are JSON already. */
export function signalsText(until: number, leftOut: number, texts: readonly string[]): string {
  return `{"type":"signals","until":${until},"leftOut":${leftOut},"signals":[${texts.join(',')}]}`
}
