import type { LinkStatus } from '@heliobus/core'
import type { Notice } from './notices.ts'

/** A bridge or a tap, as it is now. */
export interface LinkState {
  readonly link: string
  readonly status: LinkStatus
  /** How it came to be so, in epoch ms. */
  readonly since: number
  /** How often it was lost. */
  readonly losses: number
  /** Events that it has told to be missing, as far as it knew how many. */
  readonly missing: number
}

const KEPT = 1_000

/** The links that were heard of: 1,000 at most. They outlive what was told of them, for notices leave with the list. */
export class Links {
  readonly #states = new Map<string, LinkState>()

  /** In the order in which they were heard of first. */
  get list(): readonly LinkState[] {
    return [...this.#states.values()]
  }

  /** Takes what is of interest here. */
  notice(notice: Notice): void {
    if (notice.type === 'link') {
      const { link, status, at } = notice
      this.#change(link, at, { status, since: at }, status === 'lost' ? 1 : 0, 0)
    } else if (notice.type === 'gap') this.#change(notice.link, notice.at, {}, 0, notice.missing ?? 0)
  }

  #change(link: string, at: number, to: Partial<LinkState>, losses: number, missing: number): void {
    const none: LinkState = { link, status: 'open', since: at, losses: 0, missing: 0 }
    const known = this.#states.get(link) ?? none
    const isStill = to.status === known.status && known !== none // tried again, and lost again
    const now = { ...known, ...(isStill ? {} : to) }
    if (known === none && this.#states.size >= KEPT) return
    this.#states.set(link, {
      ...now,
      losses: known.losses + (isStill ? 0 : losses),
      missing: known.missing + missing,
    })
  }
}
