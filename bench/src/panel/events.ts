/** Which events there are, by number: the same number is the same event. */
export const topics = ['order.placed', 'order.paid', 'user.login', 'stock.changed'] as const

/** Its handlers take their time. */
export const slowTopic = 'mail.requested'

export function topicOf(n: number): string {
  return isSlow(n) ? slowTopic : topics[n % topics.length]!
}

export function dataOf(n: number): object {
  return {
    n,
    customer: `u-${n % 997}`,
    total: (n * 37) % 900,
    currency: isRare(n) ? 'CHF' : 'EUR',
    lines: [n % 3, n % 14, n % 15],
    gift: n % 9 === 0,
  }
}

/** A filter as one types it, and the events that it must find. */
interface KnownFilter {
  readonly text: string
  readonly finds: (n: number) => boolean
}

/** Each finds old events as well as new ones: only who has looked at all of them has them all. */
export const filters = {
  topic: { text: 'topic:order.*', finds: (n) => topicOf(n).startsWith('order.') },
  duration: { text: 'dur>20ms', finds: isSlow },
  text: { text: '"chf"', finds: isRare },
} as const satisfies Record<string, KnownFilter>

export type FilterName = keyof typeof filters

export const filterNames: readonly FilterName[] = ['topic', 'duration', 'text']

function isSlow(n: number): boolean {
  return n % 100 === 2
}

function isRare(n: number): boolean {
  return n % 1_000 === 0
}
