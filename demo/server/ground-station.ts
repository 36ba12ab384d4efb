import { createBus, record, systemClock } from '@heliobus/core'
import { openSqliteLog } from '@heliobus/event-log/sqlite'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { alertRules } from '../src/alert-rules.ts'
import { catalog } from '../src/catalog/catalog.ts'
import { startModules } from '../src/modules/modules.ts'
import { createMailService } from '../src/services/mail-service.ts'
import { CABLE_PATH, cableOrder, FACTS_PATH, HUB_PATH } from '../src/station/facts.ts'
import { startWatchdog } from '../src/watchdog.ts'
import { newToken, requireBearer } from './bearer.ts'
import { openDownlink } from './downlink.ts'
import { factsOf } from './facts-of.ts'
import { jsonBody } from './json-body.ts'
import { openKeptHistory } from './kept-history.ts'
import { PageFiles } from './page-files.ts'
import { createPublication } from './publication.ts'
import { createRate } from './rate.ts'
import { recall } from './recall.ts'
import { Refusal } from './refusal.ts'
import { reply } from './reply.ts'
import { listen, portOf, type Routes, serve, shut } from './web-server.ts'

export interface GroundStationOptions {
  /** 0: a free one. */
  readonly port: number
  /** The folder with the built page. */
  readonly page: string
  /** The file of the log. */
  readonly log: string
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

const KEPT = 1_000_000 // entries of the log
const EVENT_BYTES = 64 * 1024

/** Serves the page, joins all pages to one bus, runs the services, and keeps every event in the table `events_log`. */
export async function openGroundStation(options: GroundStationOptions): Promise<GroundStation> {
  const files = await PageFiles.read(options.page)
  const server = await listen(options.port)
  const [url, alias] = [`http://127.0.0.1:${portOf(server)}`, `http://localhost:${portOf(server)}`]
  await mkdir(dirname(options.log), { recursive: true })
  const log = await openSqliteLog(options.log)
  const found = await log.count()

  const bus = createBus({ catalog, source: 'ground-station', alerts: alertRules })
  const mail = createMailService(systemClock)
  const modules = startModules(bus, { clock: systemClock, mail, isOnlyPlace: true })
  startWatchdog(bus)
  record(bus, log, { name: 'events_log', retention: { keep: KEPT } })
  const history = openKeptHistory(options.log)
  await recall(bus, history.found)
  const pageToken = newToken()
  const downlink = await openDownlink(bus, history, pageToken, [url, alias])

  const token = newToken()
  const takeOne = createRate({ burst: 100, perSecond: 20, clock: systemClock })
  const publication = createPublication(bus)
  const routes: Routes = {
    [`GET /${FACTS_PATH}`]: async (_, response) =>
      reply(response, 200, await factsOf({ token: pageToken, downlink, log, modules })),
    async [`POST /${CABLE_PATH}`](request, response) {
      requireBearer(request, pageToken)
      const { data: order } = cableOrder.safeParse(await jsonBody(request, 1_000))
      if (order === undefined) throw new Refusal(400, 'malformed', 'send {"isCut": true} or {"isCut": false}')
      downlink.cable[order.isCut ? 'cut' : 'mend']()
      reply(response, 200, order)
    },
    async 'POST /events'(request, response) {
      requireBearer(request, token)
      takeOne()
      const { id, type, source } = publication(await jsonBody(request, EVENT_BYTES))
      reply(response, 202, { id, type, source })
    },
  }
  serve(server, routes, (path, response) => files.send(path, response))
  server.on('upgrade', (request, socket, head: Buffer) => {
    if (request.url === HUB_PATH) downlink.cable.carry(request, socket, head)
    else socket.destroy()
  })

  return {
    url,
    token,
    found,
    async close() {
      await downlink.close()
      await bus.close().catch(() => undefined) // a handler that takes too long is given up
      history.close()
      await log.close()
      await shut(server)
    },
  }
}
