import type { BusEvent, Draft, Handler, HandlerOutcome, Policy } from '@heliobus/core'
import { createTestBus, type TestBus } from './test-bus.ts'

/** What came of a handler that was run alone. */
export interface HandlerRun {
  /** `undefined` when the policy's `where` said no. */
  readonly outcome: HandlerOutcome | undefined
  /** What it published through its context, in order. */
  readonly published: readonly BusEvent[]
  /** What its last call threw or rejected with. */
  readonly error: unknown
}

/**
 * Runs one handler with one event, on a bus of its own: with a context as it has in earnest, and by its policy, but with
 * one call only unless the policy has a `retry`. An event keeps its id, its time and its source. Time passes as soon as
 * nothing else goes on, so a retry costs none; a handler that waits for something from outside should have no `timeout`.
 *
 * @example
 * const { outcome, published } = await runHandler(chargeCard, 'order.paid', { total: 12 })
 */
export function runHandler<E extends BusEvent>(
  handler: Handler<E>,
  event: E | Draft<E['type']>,
  policy?: Policy<E>,
): Promise<HandlerRun>
export function runHandler<E extends BusEvent>(
  handler: Handler<E>,
  topic: E['type'],
  data: E['data'],
  policy?: Policy<E>,
): Promise<HandlerRun>
export async function runHandler(
  handler: Handler,
  what: string | BusEvent | Draft,
  ...rest: readonly unknown[]
): Promise<HandlerRun> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the signatures above say
  const policy = rest[typeof what === 'string' ? 1 : 0] as Policy | undefined
  const test = createTestBus({ logger: { level: 'silent', log: () => {} } })
  const event = send(test, handler, policy, typeof what === 'string' ? { type: what, data: rest[0] } : what)
  const { outcomes } = await inVirtualTime(test, test.bus.settled(event))
  await test.settle() // what it left behind without waiting for it
  const [outcome] = outcomes
  const published = test.published().filter(({ id }) => id !== event.id)
  await test.bus.close({ timeout: 0 }).catch(() => undefined)
  return { outcome, published, error: outcome?.error }
}

type Sent = BusEvent | Draft | Pick<Draft, 'type' | 'data'>

function send({ bus }: TestBus, handler: Handler, policy: Policy | undefined, what: Sent): BusEvent {
  bus.subscribe(what.type, handler, { name: handler.name || 'handler', retry: false, ...policy, once: true })
  if (!('id' in what)) return bus.publish(what.type, what.data, 'options' in what ? what.options : undefined)
  void bus.inlet.accept(what, 'test')
  return what
}

/** Waits for `work`, and lets time pass whenever all that goes on waits for it. */
async function inVirtualTime<T>({ clock, settle }: TestBus, work: Promise<T>): Promise<T> {
  const state = { isOpen: true }
  const done = work.finally(() => (state.isOpen = false))
  done.catch(() => undefined) // whoever awaits it below hears of it
  for (await settle(); state.isOpen; await settle()) clock.advance(clock.next ?? 0)
  return done
}
