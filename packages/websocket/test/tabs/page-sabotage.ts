import type { SocketClass } from '../../src/client/index.ts'
import type { Locks } from '../../src/indexeddb/index.ts'

/** `hasty` removes from the outbox what is only sent; `lawless` lets every page send at once. */
export type KeptOutboxMutant = 'hasty' | 'lawless'

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

export function sabotagedSocket(mutant: KeptOutboxMutant | undefined): SocketClass {
  return mutant === 'hasty' ? HastySocket : WebSocket
}
