import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createSender, type Send } from './peer.ts'

const peer = new URL('peer.js', import.meta.url).href

const code = `import(${JSON.stringify(peer)})
  .then(({ receive }) => receive())
  .then(() => require('node:worker_threads').parentPort.postMessage('ready'))`

/** The other peer is a thread of this process. */
export async function withThreads<T>(use: (send: Send) => Promise<T>): Promise<T> {
  const worker = new Worker(code, { eval: true })
  try {
    await once(worker, 'message')
    return await use(await createSender())
  } finally {
    await worker.terminate()
  }
}
