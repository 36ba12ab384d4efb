import { exposeTap } from '@heliobus/websocket/tap'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HUB_PATH, TAP_PATH } from '../src/station/facts.ts'
import { isSame, newToken } from './bearer.ts'
import { openDownlink } from './downlink.ts'
import { openOffice } from './office.ts'
import { PageFiles } from './page-files.ts'
import { routesOf } from './routes.ts'
import { listen, portOf, serve, shut } from './web-server.ts'

export interface GroundStationOptions {
  /** 0: a free one. */
  readonly port: number
  /** The folder with the built page. */
  readonly page: string
  /** The file of the log. */
  readonly log: string
  /** The address of the Redis that services run over. Default: they run here. */
  readonly redis?: string | undefined
}

/** The part of the observatory that runs in Node. */
export interface GroundStation {
  readonly url: string
  /** What `POST /events` must bear. */
  readonly token: string
  /** Events in the log, as it was found. */
  readonly found: number
  close(): Promise<void>
}

/** Tabs whose devtools may be open at once. */
const VIEWERS = 20

/** Serves the page, joins all pages to one bus, runs the services, and keeps every event in the table `events_log`. */
export async function openGroundStation(options: GroundStationOptions): Promise<GroundStation> {
  const files = await PageFiles.read(options.page)
  const server = await listen(options.port)
  await mkdir(dirname(options.log), { recursive: true })
  const office = await openOffice(options.log, options.redis)
  const found = await office.log.count()

  const [token, pageToken] = [newToken(), newToken()]
  const origins = ['127.0.0.1', 'localhost'].map((name) => `http://${name}:${portOf(server)}`)
  const downlink = await openDownlink({
    ...office,
    token: pageToken,
    origins,
    relay: office.workshop !== undefined,
  })
  const isPage = (_: unknown, shown: { readonly token: string | undefined }): boolean =>
    isSame(shown.token ?? '', pageToken)
  const tap = exposeTap(office.bus, {
    origins,
    authorize: isPage,
    authorizeActions: isPage,
    groups: office.workshop?.groups ?? [],
    limits: { viewers: VIEWERS },
  })
  serve(server, routesOf({ office, downlink, pageToken, token }), (path, response) =>
    files.send(path, response),
  )
  server.on('upgrade', (request, socket, head: Buffer) => {
    if (request.url === HUB_PATH) downlink.cable.carry(request, socket, head)
    else if (request.url === TAP_PATH) tap.upgrade(request, socket, head)
    else socket.destroy()
  })

  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    token,
    found,
    async close() {
      await downlink.close()
      await office.close()
      await shut(server)
    },
  }
}
