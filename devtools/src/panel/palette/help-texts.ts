/** A filter to try, and what it lets through. */
export interface Example {
  readonly filter: string
  readonly meaning: string
}

/** The filter language, from what is asked most to what is asked rarely. */
export const examples: readonly Example[] = [
  { filter: 'topic:order.*', meaning: 'one level below order' },
  { filter: 'topic:**.failed', meaning: 'any topic that ends in failed' },
  { filter: '-topic:ui.**', meaning: 'everything but a domain' },
  { filter: 'is:error | is:unhandled', meaning: 'either: failed, or without handler' },
  { filter: 'is:dead | is:retry', meaning: 'either: given up, or called more than once' },
  { filter: 'dur>20ms -is:error', meaning: 'both: slow, and not failed' },
  { filter: '-(is:ok | topic:ui.**)', meaning: 'neither: parentheses group' },
  { filter: 'handler:mail*', meaning: 'handled by; * is any text' },
  { filter: 'data.total>100', meaning: 'a member of the payload, compared' },
  { filter: 'data.currency=EUR', meaning: 'the same, equal' },
  { filter: 'user:u-7 since:30s', meaning: 'of one user, of the last half minute' },
  { filter: 'size>10kB', meaning: 'big payloads' },
  { filter: 'via:* source:shop', meaning: 'over a bridge, published by shop' },
  { filter: 'at:here', meaning: 'in this process, or in one that is watched from here' },
  { filter: 'is:gap', meaning: 'where something may be missing' },
  { filter: '"express delivery"', meaning: 'a text in topic or payload' },
  { filter: '/sku-[0-9]+/', meaning: 'a regular expression' },
]

/** Keys of the parts that have keys of their own, as `event.key` names them. */
export const partKeys: readonly { readonly part: string; readonly keys: readonly KeyHelp[] }[] = [
  {
    part: 'List',
    keys: [
      { keys: ['ArrowUp', 'ArrowDown'], meaning: 'Select the event above or below' },
      { keys: ['Home', 'End'], meaning: 'First and last' },
      { keys: ['PageUp', 'PageDown'], meaning: 'A page on' },
      { keys: ['Escape'], meaning: 'Let go of the selected event' },
    ],
  },
  {
    part: 'Trees',
    keys: [
      { keys: ['ArrowRight', 'ArrowLeft'], meaning: 'Open, close, go in and out' },
      { keys: ['Enter'], meaning: 'Open or close' },
      { keys: ['Home', 'End'], meaning: 'First and last line' },
    ],
  },
  {
    part: 'Dead letters',
    keys: [
      { keys: ['r'], meaning: 'Redrive what is chosen' },
      { keys: ['Delete'], meaning: 'Discard it, pressed twice' },
    ],
  },
]

/** Keys that do the same or the opposite. */
export interface KeyHelp {
  readonly keys: readonly string[]
  readonly meaning: string
}
