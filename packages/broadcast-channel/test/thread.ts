// Runs in a worker thread: links over ports to other threads, at the command of the test.
import type { Transport } from '@heliobus/core'
import { type MessagePort, parentPort } from 'node:worker_threads'
import { messagePort } from '../src/index.ts'
import { joined } from './joined.ts'
import { createPeerHost, type Note, type PeerHost } from './peer-host.ts'

/** What a thread can be asked for: its links, and to take ports that lead to the other threads of a world. */
export interface ThreadHost extends PeerHost {
  take(world: string, ports: readonly MessagePort[]): Promise<void>
}

export interface Request {
  readonly call: number
  readonly method: keyof ThreadHost
  readonly parameters: readonly unknown[]
}

export type Reply = { readonly call: number; readonly error?: unknown } | { readonly note: Note }

const worlds = new Map<string, Transport>()

const host: ThreadHost = {
  ...createPeerHost(
    (world) => worlds.get(world)!,
    (note) => reply({ note }),
  ),
  async take(world, [first, second]) {
    worlds.set(world, joined('ports', messagePort(first!), messagePort(second!)))
  },
}

function reply(answer: Reply): void {
  parentPort!.postMessage(answer)
}

parentPort!.on('message', ({ call, method, parameters }: Request) => {
  const run = host[method] as (...all: readonly unknown[]) => Promise<void>
  run(...parameters).then(
    () => reply({ call }),
    (error: unknown) => reply({ call, error }),
  )
})
