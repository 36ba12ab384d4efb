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

/** When links were lost or told of missing events: the newest 200. */
export class Gaps {
  #list: Gap[] = []
  #discarded = 0

  /** How many had no place. */
  get discarded(): number {
    return this.#discarded
  }

  /** Takes what is of interest here. */
  notice(notice: Notice): void {
    if (notice.type === 'gap') {
      const { link, at, reason, missing } = notice
      this.#add({ link, from: at, to: at, reason, missing })
    } else if (notice.type === 'link' && notice.status === 'lost') this.#open(notice.link, notice.at)
    else if (notice.type === 'link' && notice.status !== 'connecting') this.#close(notice.link, notice.at)
  }

  /** Those that touch a time from `from` to `to` (epoch ms), as they came. */
  between(from: number, to: number): readonly Gap[] {
    return this.#list.filter((gap) => gap.from <= to && (gap.to ?? to) >= from)
  }

  clear(): void {
    this.#list = []
    this.#discarded = 0
  }

  #open(link: string, at: number): void {
    if (this.#openOf(link) < 0)
      this.#add({ link, from: at, to: undefined, reason: 'lost', missing: undefined })
  }

  /** A link that was closed is gone on purpose: nothing is missing from then on. */
  #close(link: string, at: number): void {
    const place = this.#openOf(link)
    if (place >= 0) this.#list[place] = { ...this.#list[place]!, to: at }
  }

  #openOf(link: string): number {
    return this.#list.findIndex((gap) => gap.link === link && gap.to === undefined)
  }

  #add(gap: Gap): void {
    this.#list.push(gap)
    if (this.#list.length <= KEPT) return
    this.#list.shift()
    this.#discarded++
  }
}
