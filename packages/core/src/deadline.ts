import type { Clock } from './clock.ts'

/** The work's own outcome or, when that takes longer than `ms`, a rejection with `late()`. Without `ms` it waits on. */
export async function withDeadline<T>(
  work: Promise<T>,
  clock: Clock,
  ms: number | undefined,
  late: (ms: number) => Error,
): Promise<T> {
  if (ms === undefined) return work
  let timer: unknown
  const expired = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(() => reject(late(ms)), ms)
  })
  return Promise.race([work, expired]).finally(() => clock.clearTimeout(timer))
}

/** Resolves when the work is done, however it went, or after `ms`. */
export async function atMost(ms: number, clock: Clock, work: Promise<unknown>): Promise<void> {
  let timer: unknown
  const late = new Promise<void>((resolve) => (timer = clock.setTimeout(resolve, ms)))
  await Promise.race([work.catch(() => undefined), late])
  clock.clearTimeout(timer)
}
