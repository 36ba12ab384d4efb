import { type Bridge, bridge, type Clock, type LinkStatus, systemClock } from '@heliobus/core'
import { webSocket } from '@heliobus/websocket'
import { catalog, type ObservatoryBus } from '../catalog/catalog.ts'
import { type Absence, watchAbsences } from './absences.ts'
import { HUB_PATH, socketUrl } from './facts.ts'
import type { StationNews } from './news.ts'
import { openOutbox } from './outbox.ts'
import { createWake } from './wake.ts'

/** The way from this tab to the ground station's hub. */
export interface Uplink extends Pick<StationNews, 'facts' | 'setCut' | 'order'> {
  readonly status: LinkStatus
  /** Why the hub did not let this tab in, if it did not. */
  readonly refusal: string | undefined
  /** When the next attempt is made, epoch ms; undefined when none is planned. */
  readonly nextAttempt: number | undefined
  /** Makes it now. */
  readonly tryNow: () => void
  /** Events of this browser that the hub has not accepted yet. */
  readonly waiting: number
  /** Events that there was no more room for. */
  readonly dropped: number
  /** Times without the hub, the newest first. */
  readonly absences: readonly Absence[]
}

const NAME = 'ground-station'
const LOOK = 1_000 // ms between two questions for news
const COUNT = 250 // ms between two looks at what waits

/** Joins the bus to the hub, now or as soon as that can be reached, and keeps asking for news of the ground station. */
export async function openUplink(bus: ObservatoryBus, news: StationNews): Promise<Uplink> {
  const topics = [...catalog].map(({ type }) => type)
  const { wake, tryNow } = createWake()
  let nextAttempt: number | undefined
  let refusal: string | undefined
  let waiting = 0
  const absences = watchAbsences(bus, NAME)
  const outbox = await openOutbox()
  const transport = webSocket(socketUrl(HUB_PATH), {
    ...(outbox && { outbox }),
    name: NAME,
    token: async () => (await news.refresh()).token, // each start of the station has another
    wake,
    waits: (ms) => void (nextAttempt = systemClock.now() + ms),
  })
  // What this tab has no handler for it shows all the same: so it asks for every type.
  const link = await bridge(bus, transport, { send: topics, accept: topics }).catch((error: unknown) => {
    refusal = reasonOf(error)
  })
  const pending = (): number =>
    bus.subscriptions().find(({ name }) => name === `bridge ${NAME}`)?.pending ?? 0
  const count = async (): Promise<void> => {
    waiting = outbox === undefined ? pending() : await outbox.waiting()
    absences.note(waiting)
  }
  if (link) {
    again(LOOK, () => askAgain(news, link, tryNow), link)
    again(COUNT, count, link)
  }

  return {
    facts: news.facts,
    setCut: news.setCut,
    order: news.order,
    tryNow,
    refusal,
    get status() {
      return link?.status ?? 'closed'
    },
    get nextAttempt() {
      return link?.status === 'lost' ? nextAttempt : undefined
    },
    get waiting() {
      return waiting
    },
    get dropped() {
      return link?.dropped ?? 0
    },
    get absences() {
      return absences.list
    },
  }
}

function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {}
  return String(cause instanceof Error ? cause.message : error)
}

/** A station that is gone is left alone: the link asks for it when it tries again. */
async function askAgain(news: StationNews, link: Bridge, tryNow: () => void): Promise<void> {
  const { isCut } = news.facts()
  if (link.status !== 'open' && !isCut) return
  const facts = await news.refresh()
  if (isCut && !facts.isCut) tryNow() // somebody has mended the cable
}

/** Does it so many ms after it has been done, well or not, until the link is closed. */
function again(ms: number, act: () => Promise<void>, link: Bridge, clock: Clock = systemClock): void {
  const later = (): void => {
    if (link.status !== 'closed') clock.setTimeout(once, ms)
  }
  const once = (): void =>
    void act()
      .catch(() => undefined)
      .then(later)
  later()
}
