import { MessageChannel, type MessagePort, type Transferable, Worker } from 'node:worker_threads'
import type { PeerHost } from './peer-host.ts'
import { RemoteTransports } from './remote-transport.ts'
import type { Reply, Request } from './thread.ts'
import type { Traits, Transport } from '@heliobus/core'

/** A worker thread with links in it, seen from the test. */
export class Thread implements PeerHost {
  readonly transports: RemoteTransports
  readonly #worker: Worker
  readonly #calls = new Map<number, { resolve: () => void; reject: (error: unknown) => void }>()
  #next = 0

  constructor(code: string, traits: Traits) {
    this.transports = new RemoteTransports(this, traits)
    this.#worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`))
    this.#worker.on('message', (reply: Reply) => this.#hear(reply))
    this.#worker.on('error', (error) => this.#fail(error))
  }

  open(link: string, world: string): Promise<void> {
    return this.#call('open', [link, world])
  }

  send(...parameters: Parameters<PeerHost['send']>): Promise<void> {
    return this.#call('send', parameters)
  }

  close(link: string): Promise<void> {
    return this.#call('close', [link])
  }

  take(world: string, ports: MessagePort[]): Promise<void> {
    return this.#call('take', [world, ports], ports)
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #call(
    method: Request['method'],
    parameters: readonly unknown[],
    transfer: Transferable[] = [],
  ): Promise<void> {
    const call = this.#next++
    this.#worker.postMessage({ call, method, parameters } satisfies Request, transfer)
    return new Promise((resolve, reject) => this.#calls.set(call, { resolve, reject }))
  }

  #hear(reply: Reply): void {
    if ('note' in reply) {
      this.transports.hear(reply.note)
      return
    }
    const pending = this.#calls.get(reply.call)
    this.#calls.delete(reply.call)
    if (reply.error === undefined) pending?.resolve()
    else pending?.reject(reply.error)
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#calls.values()) reject(error)
  }
}

/** A transport in each of three threads, each joined to the others by ports of their own. */
export async function joinThreads(
  threads: readonly [Thread, Thread, Thread],
): Promise<[Transport, Transport, Transport]> {
  const world = crypto.randomUUID()
  const [one, other, third] = threads
  const channels = [new MessageChannel(), new MessageChannel(), new MessageChannel()] as const
  await one.take(world, [channels[0].port1, channels[2].port2])
  await other.take(world, [channels[1].port1, channels[0].port2])
  await third.take(world, [channels[2].port1, channels[1].port2])
  return [one.transports.in(world), other.transports.in(world), third.transports.in(world)]
}
