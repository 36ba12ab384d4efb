import { type Bus, createBus, defineEvent, type TapBatch, type TapWatcher } from '@heliobus/core'
import { createManualClock, type ManualClock, until } from '@heliobus/testing'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { remoteTap, type RemoteTapOptions } from '../src/remote-tap/index.ts'
import { type ExposedTap, exposeTap, type ExposeOptions } from '../src/tap/index.ts'

export const CardCharged = defineEvent('card.charged', {
  data: z.object({ number: z.string(), total: z.number() }),
  sensitive: ['number'],
})

/** A bus whose tap is exposed, on a clock that stands still. */
export interface TapWorld {
  readonly bus: Bus
  readonly clock: ManualClock
  readonly tap: ExposedTap
  readonly server: Server
  readonly url: string
  /** Cuts every connection. */
  cut(): void
  close(): Promise<void>
}

export async function createTapWorld(options: Partial<ExposeOptions> = {}): Promise<TapWorld> {
  const clock = createManualClock()
  const bus = createBus({
    source: 'server',
    clock,
    logger: { log: () => undefined },
  })
  const tap = exposeTap(bus, {
    origins: [],
    allowNoOrigin: true,
    authorize: (_, { token }) => token === 'right',
    logger: { log: () => undefined },
    ...options,
  })
  const server = createServer((_, response) => response.writeHead(404).end())
  tap.attach(server)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  const cut = (): void => sockets.forEach((socket) => socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    bus,
    clock,
    tap,
    server,
    url: `ws://127.0.0.1:${port}/tap`,
    cut,
    async close() {
      tap.close()
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Keeps what it is told. */
export class Notebook implements TapWatcher {
  readonly statuses: string[] = []
  readonly batches: TapBatch[] = []
  readonly offsets: { readonly least: number; readonly most: number }[] = []
  detail = ''

  status(status: string, detail: string): void {
    this.statuses.push(status)
    this.detail = detail
  }

  told(batch: TapBatch): void {
    this.batches.push(batch)
  }

  clock(offset: { readonly least: number; readonly most: number }): void {
    this.offsets.push(offset)
  }

  get types(): readonly string[] {
    return this.batches.flatMap(({ signals }) => signals.map(({ type }) => type))
  }

  get leftOut(): number {
    return this.batches.reduce((sum, { leftOut }) => sum + leftOut, 0)
  }
}

export function watch(
  url: string,
  options: RemoteTapOptions = {},
): { readonly notes: Notebook; readonly watching: ReturnType<ReturnType<typeof remoteTap>['watch']> } {
  const notes = new Notebook()
  const tap = remoteTap(url, { WebSocket, token: 'right', random: () => 0, ...options })
  return { notes, watching: tap.watch(notes) }
}

/** Welcomed, and with the batch of the time so far. */
export async function watchOpen(
  { url }: Pick<TapWorld, 'url'>,
  options: RemoteTapOptions = {},
): Promise<ReturnType<typeof watch>> {
  const one = watch(url, options)
  await until(() => one.notes.statuses.at(-1) === 'open', 'the tap welcomes')
  return one
}

/** Lets the server's clock pass until so many batches have come. */
export async function batches({ clock }: TapWorld, notes: Notebook, count: number = 1): Promise<void> {
  const wanted = notes.batches.length + count
  for (let sent = 0; sent < count; sent++) clock.advance(100)
  await until(() => notes.batches.length >= wanted, 'the batches come')
}
