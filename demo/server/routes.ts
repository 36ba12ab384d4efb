import { systemClock } from '@heliobus/core'
import { CABLE_PATH, cableOrder, FACTS_PATH } from '../src/station/facts.ts'
import { requireBearer } from './bearer.ts'
import type { Downlink } from './downlink.ts'
import { factsOf } from './facts-of.ts'
import { jsonBody } from './json-body.ts'
import type { Office } from './office.ts'
import { createPublication } from './publication.ts'
import { createRate } from './rate.ts'
import { Refusal } from './refusal.ts'
import { reply } from './reply.ts'
import { workshopRoutes } from './services/workshop-routes.ts'
import type { Routes } from './web-server.ts'

interface Parts {
  readonly office: Office
  readonly downlink: Downlink
  /** What a page must bear. It is told to who asks from a page of this origin. */
  readonly pageToken: string
  /** What another system must bear. It is told on the terminal. */
  readonly token: string
}

const EVENT_BYTES = 64 * 1024
const ORDER_BYTES = 1_000

/** What the ground station answers beside the files of the page. */
export function routesOf({ office, downlink, pageToken, token }: Parts): Routes {
  const takeOne = createRate({ burst: 100, perSecond: 20, clock: systemClock })
  const publication = createPublication(office.bus)
  return {
    [`GET /${FACTS_PATH}`]: async (_, response) =>
      reply(response, 200, { token: pageToken, ...(await factsOf(office, downlink)) }),
    async [`POST /${CABLE_PATH}`](request, response) {
      requireBearer(request, pageToken)
      const { data: order } = cableOrder.safeParse(await jsonBody(request, ORDER_BYTES))
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
    ...(office.workshop && workshopRoutes(office.workshop, pageToken)),
  }
}
