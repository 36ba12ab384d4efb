import type { ConsumerGroup, GroupLetter, GroupSignal, Signal } from '@heliobus/core'
import { isObject } from '../protocol/fields.ts'

/** What is amiss in a group, in words; the rest goes well, or is seen in its status. */
const words: ReadonlyMap<string, (signal: GroupSignal) => string> = new Map<
  string,
  (signal: GroupSignal) => string
>([
  ['buried', ({ letter }) => `gave up ${aboutLetter(letter)}`],
  ['blocked', ({ key, letter }) => `keeps back the key ${key}, for it gave up ${aboutLetter(letter)}`],
  ['halted', ({ letter }) => `stands still, for it gave up ${aboutLetter(letter)}`],
  ['lost', () => 'lost its lease here'],
  [
    'expired',
    ({ group = '', count }) => `${group} lost ${count} events that were too old before it came to them`,
  ],
  [
    'retention-at-risk',
    ({ group = '', share = 0 }) =>
      `${group} is far behind: ${Math.round(share * 100)} % of the time that events are kept`,
  ],
  ['warning', ({ detail = '' }) => detail],
  ['failed', ({ error }) => `failed: ${error instanceof Error ? error.message : typeof error}`],
])

/** Tells viewers what is amiss in a group, until the returned function is called. */
export function tellNews(
  { name, signals$ }: ConsumerGroup,
  now: () => number,
  tell: (signal: Signal) => void,
): () => void {
  const subscription = signals$.subscribe((signal) => {
    const text = words.get(signal.type)?.(signal)
    if (text === undefined) return
    const where = signal.shard === undefined ? '' : `shard ${signal.shard}: `
    tell({
      type: 'warning',
      warning: 'consumer-group',
      topic: name,
      detail: `${where}${text.trim()}`,
      at: now(),
    })
  })
  return () => subscription.unsubscribe()
}

function aboutLetter(letter: GroupLetter | undefined): string {
  if (letter === undefined) return 'an event'
  const { event, handler, error } = letter
  const type: unknown = isObject(event) ? Reflect.get(event, 'type') : undefined
  const by = handler === undefined ? '' : ` at ${handler}`
  return `${typeof type === 'string' ? type : 'an event'}${by}: ${error.message}`
}
