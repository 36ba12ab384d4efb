import { AsyncLocalStorage } from 'node:async_hooks'
import type { CauseStore } from './causes.ts'

/**
 * For `createBus({ causes: asyncCauses() })` in Node: an event that a handler publishes knows its cause also after an
 * `await`, without `context.publish`. One store may serve several buses: a cause is then known across them.
 */
export function asyncCauses(): CauseStore {
  return new AsyncLocalStorage<unknown>()
}
