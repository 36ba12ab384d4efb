import type { TapAnswer } from './answer.ts'
import type { GroupAnswer, GroupQuestion } from './group-frames.ts'

// Every frame of docs/TAP-PROTOCOL.md; those about groups are in group-frames.ts.

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
  /** It answers questions about groups. */
  readonly groups: boolean
}

export interface TapSignals {
  readonly type: 'signals'
  readonly until: number
  readonly leftOut: number
  readonly signals: readonly unknown[]
}

type TapPayload = TapAnswer<'payload', { readonly data: unknown }>

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
export type ViewerFrame = TapHello | TapPull | TapClock | GroupQuestion | Ping | Pong

/** What a process sends once it has welcomed. */
export type LaterTapFrame = TapSignals | TapPayload | TapTime | GroupAnswer | Ping | Pong

export type TapFrame = TapWelcome | LaterTapFrame

/** A `signals` frame of texts that are JSON already. */
export function signalsText(until: number, leftOut: number, texts: readonly string[]): string {
  return `{"type":"signals","until":${until},"leftOut":${leftOut},"signals":[${texts.join(',')}]}`
}
