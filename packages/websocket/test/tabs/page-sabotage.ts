import type { SocketClass } from '../../src/client/index.ts'
import type { Locks } from '../../src/indexeddb/index.ts'

/**
 * `hasty` removes from the outbox what is only sent; `lawless` lets every page send at once; `forgetful` does not say where it
 * left off, nor that others were elsewhere.
 */
export type KeptOutboxMutant = 'hasty' | 'lawless' | 'forgetful'

/** Everybody gets the lock. */
const lawless: Locks = { request: (_name, _options, run) => run() }

export function sabotagedLocks(mutant: KeptOutboxMutant | undefined): { readonly locks?: Locks } {
  return mutant === 'lawless' ? { locks: lawless } : {}
}

/** A hub seems to accept what has only been sent. */
class HastySocket extends WebSocket {
  override send(text: string): void {
    super.send(text)
    const { type, sequence, events } = JSON.parse(text) as {
      type: string
      sequence: number
      events?: unknown[]
    }
    if (type !== 'events') return
    const data = JSON.stringify({ type: 'ack', sequence: sequence + events!.length - 1 })
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })))
  }
}

class ForgetfulSocket extends WebSocket {
  override send(text: string): void {
    const frame = JSON.parse(text) as object
    super.send(JSON.stringify({ ...frame, resume: undefined }))
  }
}

export function sabotagedSocket(mutant: KeptOutboxMutant | undefined): SocketClass {
  if (mutant === 'hasty') return HastySocket
  return mutant === 'forgetful' ? ForgetfulSocket : WebSocket
}
