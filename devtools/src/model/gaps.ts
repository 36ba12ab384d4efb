import type { BusEvent } from '@heliobus/core'
import { shortText } from './members.ts'
import type { Notice } from './notices.ts'

/** A time in which something may be missing. */
export interface Gap {
  readonly link: string
  /** Epoch ms. */
  readonly from: number
  /** The same as `from` for a moment; `undefined` while it lasts. */
  readonly to: number | undefined
  readonly reason: string
  /** How many events are missing, if the link knows. */
  readonly missing: number | undefined
}

const KEPT = 200
const LONGEST = 300

/** When links were lost or told of missing events: the newest 200. */
export class Gaps {
  #list: Gap[] = []
  #discarded = 0

  /** As they came. */
  get list(): readonly Gap[] {
    return this.#list
  }

  /** How many had no place. */
  get discarded(): number {
    return this.#discarded
  }

  /** Takes what is of interest here; returns the gap that has begun or ended. */
  notice(notice: Notice): Gap | undefined {
    if (notice.type === 'gap') {
      const { link, at, reason, missing } = notice
      return this.#add({ link, from: at, to: at, reason, missing })
    }
    if (notice.type !== 'link' || notice.status === 'connecting') return undefined
    const { link, at, status, detail } = notice
    if (status !== 'lost') return this.#close(link, at)
    return this.#openOf(link) < 0 ? this.#open(link, at, detail) : undefined
  }

  /** Those that touch a time from `from` to `to` (epoch ms), as they came. */
  between(from: number, to: number): readonly Gap[] {
    return this.#list.filter((gap) => gap.from <= to && (gap.to ?? to) >= from)
  }

  clear(): void {
    this.#list = []
    this.#discarded = 0
  }

  #open(link: string, at: number, detail: unknown): Gap {
    const reason = shortText(detail ?? '', LONGEST) || 'lost'
    return this.#add({ link, from: at, to: undefined, reason, missing: undefined })
  }

  /** A link that was closed is gone on purpose: nothing is missing from then on. */
  #close(link: string, at: number): Gap | undefined {
    const place = this.#openOf(link)
    return place < 0 ? undefined : (this.#list[place] = { ...this.#list[place]!, to: at })
  }

  #openOf(link: string): number {
    return this.#list.findIndex((gap) => gap.link === link && gap.to === undefined)
  }

  #add(gap: Gap): Gap {
    this.#list.push(gap)
    if (this.#list.length > KEPT) {
      this.#list.shift()
      this.#discarded++
    }
    return gap
  }
}

/** The topic of what stands among the events for a gap. */
export const GAP = '$gap'

let made = 0

/** What stands in the list where a gap has begun or ended: its data says so in words. */
export function gapEvent(gap: Gap, at: number): BusEvent {
  const id = `gap-${++made}`
  return {
    id,
    type: GAP,
    source: gap.link,
    subject: undefined,
    userId: null,
    key: undefined,
    time: at,
    data: gapText(gap),
    version: 1,
    correlationId: id,
    causationId: undefined,
    traceparent: undefined,
    hops: 0,
  }
}

/** In words: `websocket: back after 3.2 s`. */
function gapText({ link, from, to, reason, missing }: Gap): string {
  if (to === undefined) return `${link}: ${reason}`
  if (to > from) return `${link}: back after ${((to - from) / 1_000).toFixed(1)} s`
  const count = missing === undefined ? 'events' : missing === 1 ? '1 event' : `${missing} events`
  return `${link}: ${count} missing, ${reason}`
}
