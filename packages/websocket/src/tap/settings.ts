import { type Clock, type ConsumerGroup, consoleLogger, type Logger } from '@heliobus/core'
import type { IncomingMessage } from 'node:http'

export interface ExposeOptions {
  /** The pages that may watch, exactly as their `Origin`: `https://ops.example`. */
  readonly origins: readonly string[]
  /** Whether viewers without an Origin may connect: what is no browser sends none. Default false. */
  readonly allowNoOrigin?: boolean
  /**
   * Whether this one may watch. A viewer sees every event of the bus, as far as it is not masked: let in whoever may read
   * the logs. Asked again every `revalidateEvery` ms. Throwing is a failure of this side (4500), not of the viewer.
   */
  readonly authorize: AuthorizeViewer
  /**
   * Groups that are shown beside the bus, such as `redisStreams(…)`: how far they are, what they have given up and keep back.
   * 16 at most. Asked once a second at most, and only while somebody looks.
   */
  readonly groups?: readonly ConsumerGroup[]
  /**
   * Whether this one may also redrive and discard dead letters of `groups`, and release their keys. Asked before each action.
   * Default: nobody may. While it throws nobody may either.
   */
  readonly authorizeActions?: AuthorizeViewer
  /**
   * Whether what is under a name is masked, wherever it is in the data. Default `isSecretName`: password, token and their
   * like. What definitions declare as `sensitive` is masked in any case.
   */
  readonly isSecret?: (name: string) => boolean
  readonly limits?: Partial<TapLimits>
  readonly logger?: Logger
  /** Default that of the bus. */
  readonly clock?: Clock
}

/** Answers with `true`, or lets nobody. */
export type AuthorizeViewer = (
  request: IncomingMessage,
  credentials: { readonly token: string | undefined },
) => boolean | Promise<boolean>

/** Times are in ms. */
export interface TapLimits {
  /** Who may watch at once. Default 5. */
  readonly viewers: number
  /** A batch is sent every so often. Default 100. */
  readonly every: number
  /** The largest batch, in bytes. Default 100 KiB. */
  readonly batchBytes: number
  /** Signals that wait for their batch, in bytes; beyond, they are left out, counted and told. Default 1 MiB. */
  readonly waitingBytes: number
  /** Events whose data can be asked for: the newest. They are held by reference. Default 5,000. */
  readonly events: number
  /** The largest data that is sent, in bytes of JSON. Default 1 MiB. */
  readonly payloadBytes: number
  /** A viewer for whom more bytes wait gets no batches for now; it is told how many signals it has missed. Default 1 MiB. */
  readonly pauseAbove: number
  /** Frames a second that are read of one viewer; what comes faster waits. Default 50. */
  readonly framesPerSecond: number
  /** How often groups are asked how far they are, at most. Default 1,000. */
  readonly statusEvery: number
  /** Dead letters a second that are redriven or discarded, of all viewers together. Default 100. */
  readonly actionsPerSecond: number
  /** Default 5,000. */
  readonly helloWithin: number
  /** How long `authorize` may take. Default 10,000. */
  readonly authorizeWithin: number
  /** Default 5 minutes. */
  readonly revalidateEvery: number
  /** Default 25,000. */
  readonly pingEvery: number
  /** Default 10,000. */
  readonly pongWithin: number
}

const usual: TapLimits = {
  viewers: 5,
  every: 100,
  batchBytes: 100 * 1024,
  waitingBytes: 1024 * 1024,
  events: 5_000,
  payloadBytes: 1024 * 1024,
  pauseAbove: 1024 * 1024,
  framesPerSecond: 50,
  statusEvery: 1_000,
  actionsPerSecond: 100,
  helloWithin: 5_000,
  authorizeWithin: 10_000,
  revalidateEvery: 5 * 60_000,
  pingEvery: 25_000,
  pongWithin: 10_000,
}

/** The options, complete. */
export interface TapSettings extends Required<Omit<ExposeOptions, 'limits' | 'isSecret'>> {
  readonly limits: TapLimits
}

export function settingsOf({ limits, ...options }: ExposeOptions, clock: Clock): TapSettings {
  return {
    allowNoOrigin: false,
    groups: [],
    authorizeActions: () => false,
    logger: consoleLogger(),
    clock,
    ...options,
    limits: { ...usual, ...limits },
  }
}
