import type { Clock } from '@heliobus/core'
import type { RedisSession } from './client.ts'

/** A session that can be used. */
export interface OpenSession {
  readonly session: RedisSession
  /** Resolves with the reason when it is over. */
  readonly ended: Promise<unknown>
  /** Ends it, for a reason of ours. */
  readonly end: (reason: unknown) => void
}

/**
 * Opens a session, or rejects after `within` ms at the latest; then nothing is left of it. One with a Redis that still loads
 * its data is none.
 */
export async function openSession(
  open: (ended: (reason: unknown) => void) => RedisSession,
  clock: Clock,
  within: number,
): Promise<OpenSession> {
  let tell: (reason: unknown) => void = () => undefined
  const ended = new Promise<unknown>((resolve) => (tell = resolve))
  const session = open(tell)
  const end = (reason: unknown): void => {
    tell(reason)
    session.end()
  }
  const relax = whenPatienceEnds(clock, within, () => end(new Error(`no connection within ${within} ms`)))
  try {
    await Promise.race([answering(session), failing(ended)])
    return { session, ended, end }
  } catch (error) {
    end(error)
    throw error
  } finally {
    relax()
  }
}

const STEPS = 4

/** Calls back after `ms`, unless it is undone. When this process stands still, that counts for a fourth: answers may be there. */
function whenPatienceEnds(clock: Clock, ms: number, run: () => void): () => void {
  let left = STEPS
  const wait = (): unknown => clock.setTimeout(() => (--left === 0 ? run() : (timer = wait())), ms / STEPS)
  let timer = wait()
  return () => clock.clearTimeout(timer)
}

async function answering(session: RedisSession): Promise<void> {
  await session.ready
  await session.send(['PING'])
}

async function failing(ended: Promise<unknown>): Promise<never> {
  throw await ended
}
