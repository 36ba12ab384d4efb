import { systemClock } from '@heliobus/core'
import type { IncomingMessage } from 'node:http'
import type * as z from 'zod'
import {
  LETTERS_PATH,
  lettersOrder,
  MAIL_PATH,
  mailOrder,
  WORKERS_PATH,
  workerOrder,
} from '../../src/station/service-facts.ts'
import { requireBearer } from '../bearer.ts'
import { jsonBody } from '../json-body.ts'
import { createRate } from '../rate.ts'
import { Refusal } from '../refusal.ts'
import { reply } from '../reply.ts'
import type { Routes } from '../web-server.ts'
import type { Workshop } from './workshop.ts'

const ORDER_BYTES = 1_000

/** How a visitor gets at the services: few times a second, and at no other process. */
export function workshopRoutes(workshop: Workshop, token: string): Routes {
  const takeOne = createRate({ burst: 4, perSecond: 1, clock: systemClock })
  const orderOf = async <T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> => {
    requireBearer(request, token)
    takeOne()
    const { data: order } = schema.safeParse(await jsonBody(request, ORDER_BYTES))
    if (order === undefined) throw new Refusal(400, 'malformed', 'the order is not one that is known here')
    return order
  }
  return {
    async [`POST /${WORKERS_PATH}`](request, response) {
      const { pid, act } = await orderOf(request, workerOrder)
      workshop.order(pid, act)
      reply(response, 202, { pid, act })
    },
    async [`POST /${MAIL_PATH}`](request, response) {
      const { isDown } = await orderOf(request, mailOrder)
      workshop.setMailDown(isDown)
      reply(response, 202, { isDown })
    },
    async [`POST /${LETTERS_PATH}`](request, response) {
      const { redrive } = await orderOf(request, lettersOrder)
      workshop.redrive(redrive)
      reply(response, 202, { redrive })
    },
  }
}
