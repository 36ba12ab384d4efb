/**
 * The same segments, and how often one of them was looked at: the work of a matcher, without a stopwatch. Whoever looks
 * more often than `limit` is stopped, since one that tries all ways would not end in a lifetime.
 */
export function counted(
  segments: readonly string[],
  limit = Number.POSITIVE_INFINITY,
): { readonly segments: readonly string[]; readonly looks: number } {
  let looks = 0
  const watched = new Proxy(segments, {
    get: (target, name, receiver) => {
      if (typeof name === 'string' && /^\d+$/.test(name) && ++looks > limit) {
        throw new Error(`looked at the topic's segments more than ${limit} times`)
      }
      return Reflect.get(target, name, receiver) as unknown
    },
  })
  return {
    segments: watched,
    get looks() {
      return looks
    },
  }
}
