import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createSender, type Send } from './peer.ts'

/** The other peer is a thread of this process. */
export async function withThreads<T>(use: (send: Send) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL('worker.js', import.meta.url))
  try {
    await once(worker, 'message')
    return await use(await createSender())
  } finally {
    await worker.terminate()
  }
}
