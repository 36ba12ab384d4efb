import { type Bridge, bridge, type Clock, type LinkStatus, systemClock } from '@heliobus/core'
import { webSocket } from '@heliobus/websocket'
import { catalog, type ObservatoryBus } from '../catalog/catalog.ts'
import { type Absence, watchAbsences } from './absences.ts'
import { HUB_PATH, socketUrl } from './facts.ts'
import type { StationNews } from './news.ts'
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
  /** Events that the hub has not accepted yet. */
  readonly waiting: number
  /** Events that there was no more room for. */
  readonly dropped: number
  /** Times without the hub, the newest first. */
  readonly absences: readonly Absence[]
}

const NAME = 'ground-station'
const LOOK = 1_000 // ms between two questions for news

/** Joins the bus to the hub, now or as soon as that can be reached, and keeps asking for news of the ground station. */
export async function openUplink(bus: ObservatoryBus, news: StationNews): Promise<Uplink> {
  const topics = [...catalog].map(({ type }) => type)
  const { wake, tryNow } = createWake()
  let nextAttempt: number | undefined
  let refusal: string | undefined
  const waiting = (): number =>
    bus.subscriptions().find(({ name }) => name === `bridge ${NAME}`)?.pending ?? 0
  const absences = watchAbsences(bus, NAME, waiting)
  const transport = webSocket(socketUrl(HUB_PATH), {
    name: NAME,
    token: async () => (await news.refresh()).token, // each start of the station has another
    wake,
    waits: (ms) => void (nextAttempt = systemClock.now() + ms),
  })
  // What this tab has no handler for it shows all the same: so it asks for every type.
  const link = await bridge(bus, transport, { send: topics, accept: topics }).catch((error: unknown) => {
    refusal = reasonOf(error)
  })
  if (link) keepAsking(news, link, tryNow, systemClock)

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
      return waiting()
    },
    get dropped() {
      return link?.dropped ?? 0
    },
    get absences() {
      return absences()
    },
  }
}

function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {}
  return String(cause instanceof Error ? cause.message : error)
}

/** A station that is gone is left alone: the link asks for it when it tries again. Goes on until the link is closed. */
function keepAsking(news: StationNews, link: Bridge, tryNow: () => void, clock: Clock): void {
  const ask = async (): Promise<void> => {
    const { isCut } = news.facts()
    if (link.status !== 'open' && !isCut) return
    const facts = await news.refresh()
    if (isCut && !facts.isCut) tryNow() // somebody has mended the cable
  }
  const later = (): void => {
    if (link.status !== 'closed') clock.setTimeout(look, LOOK)
  }
  const look = (): void =>
    void ask()
      .catch(() => undefined)
      .then(later)
  later()
}
