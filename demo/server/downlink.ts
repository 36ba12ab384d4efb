import { bridge } from '@heliobus/core'
import { createHub, type History, type Hub } from '@heliobus/websocket/hub'
import { catalog, type ObservatoryBus } from '../src/catalog/catalog.ts'
import { HUB_PATH } from '../src/station/facts.ts'
import { isSame } from './bearer.ts'
import { type Cable, layCable } from './cable.ts'
import { listen, portOf, shut } from './web-server.ts'

/** How long pages wait before they come back, and up to twice that, in ms. */
const BACK_IN = 1_500

/** The way to the pages: a hub, and the cable that leads to it. */
export interface Downlink {
  readonly cable: Cable
  readonly connections: Hub['connections']
  /** Tells the pages when to come back. */
  close(): Promise<void>
}

export interface DownlinkOptions {
  readonly bus: ObservatoryBus
  /** What the hub serves pages from. */
  readonly history: History
  /** What a page must show. */
  readonly token: string
  /** Those of the pages. */
  readonly origins: readonly string[]
  /** Whether pages also get what came to the bus over other bridges. */
  readonly relay: boolean
}

export async function openDownlink({
  bus,
  history,
  token,
  origins,
  relay,
}: DownlinkOptions): Promise<Downlink> {
  const topics = [...catalog].map(({ type }) => type)
  const hub = createHub({
    origins,
    history,
    authenticate: (_, shown) => (isSame(shown.token ?? '', token) ? { id: 'pages' } : undefined),
    authorize: () => ({ publish: topics, subscribe: topics }),
  })
  const server = await listen(0)
  hub.attach(server, HUB_PATH)
  await bridge(bus, hub, { send: topics, relay })
  return {
    cable: layCable(portOf(server)),
    connections: () => hub.connections(),
    async close() {
      await hub.close({ retryAfter: BACK_IN })
      await shut(server)
    },
  }
}
