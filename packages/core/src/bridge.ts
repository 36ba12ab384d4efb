import type { AnyBus, DefinitionsOf } from './bus.ts'
import { Crossing, type CrossingOptions } from './crossing.ts'
import { BusError } from './errors.ts'
import type { Checked } from './event-types.ts'
import { checkOption, isCount } from './option.ts'
import type { PatternLike } from './pattern-like.ts'
import type { LinkStatus } from './signal.ts'
import { MANY, parsePattern } from './topic.ts'
import type { Transport } from './transport.ts'
import { MAX_BYTES } from './wire.ts'

/** How a bus is joined to a transport. */
export interface BridgeOptions<Send = PatternLike, Accept = PatternLike> {
  /** What leaves the bus. Default everything within a process or an origin; a transport over the network needs it said. */
  readonly send?: readonly Send[]
  /** What is let in; the rest is ignored. Default everything. */
  readonly accept?: readonly Accept[]
  /**
   * Also send on what came over other bridges of this bus: for a hub, or the one tab that has the socket. Default false.
   */
  readonly relay?: boolean
  /** The largest event, in bytes of JSON in UTF-8, out and in. Default 1 MiB; 64 KiB over the network. */
  readonly maxBytes?: number
  /** How many events may wait for the other side to accept them; more are dropped, and signalled. Default 10,000. */
  readonly outbox?: number
}

/** An open bridge. It closes with its bus. */
export interface Bridge {
  /** The transport's. */
  readonly name: string
  readonly status: LinkStatus
  /** Events that the full outbox did not take. */
  readonly dropped: number
  /**
   * Sends what waits, and waits until it is accepted, at most `timeout` ms (default 5,000): what is not accepted by then
   * is told as a gap. From the call on nothing is received. Twice is fine.
   */
  close(options?: { readonly timeout?: number }): Promise<void>
}

/**
 * Joins a bus to a transport: its own events go out, those of other buses come in and are checked like its own. Whatever
 * loops bridges form, an event passes each bus once. Events of one task go out in one batch, in order. Handlers of this bus
 * never wait for it; `bus.drain()` waits until the transport has taken what was published.
 *
 * Resolves when events can flow. Rejects with `link-refused` when the transport can't be opened, `bus-closed`,
 * `pattern-invalid` and `option-invalid`. What goes wrong later is signalled (`refused`, `failed`, `dropped`, `gap`, `link`).
 *
 * @example
 * const tabs = await bridge(bus, broadcastChannel('shop'), { send: ['user.**'] })
 * await tabs.close()
 */
export async function bridge<
  B extends AnyBus,
  const Send extends PatternLike,
  const Accept extends PatternLike,
>(
  bus: B,
  transport: Transport,
  options: BridgeOptions<Checked<DefinitionsOf<B>, Send>, Checked<DefinitionsOf<B>, Accept>> = {},
): Promise<Bridge> {
  const crossing = new Crossing(bus.inlet, transport, settle(options, transport))
  await crossing.open()
  return crossing
}

const NETWORK_BYTES = 64 * 1024
const COUNT = 'must be a whole number from 1'

function settle(options: BridgeOptions, { traits, name }: Transport): CrossingOptions {
  const { send, accept = [MANY], relay = false, outbox = 10_000 } = options
  const { maxBytes = traits.zone === 'network' ? NETWORK_BYTES : MAX_BYTES } = options
  if (send === undefined && traits.zone === 'network')
    throw invalid('send', `must say what leaves the bus: "${name}" goes over the network`)
  checkOption('maxBytes', maxBytes, isCount, COUNT)
  checkOption('outbox', outbox, isCount, COUNT)
  return { send: (send ?? [MANY]).map(toPattern), accept: accept.map(toPattern), relay, maxBytes, outbox }
}

function toPattern(pattern: PatternLike): string {
  const written = typeof pattern === 'string' ? pattern : pattern.type
  parsePattern(written)
  return written
}

function invalid(option: string, reason: string): BusError {
  return new BusError('option-invalid', { option, reason })
}
