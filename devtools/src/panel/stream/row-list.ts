import type { Rows } from '../../model/rows.ts'
import { wholeNumber } from '../look/figures.ts'
import type { Panel } from '../state/panel.ts'
import type { Session } from '../state/session.ts'
import { type Anchor, LINE, ListLayout } from './list-layout.ts'
import { countNewer, placeOf } from './row-order.ts'
import { RowPool } from './row-pool.ts'
import { Written } from './written.ts'

/** Heights in px of a row, as the style sheet has them. */
const rowHeights = { compact: 22, comfortable: 28, roomy: 40 } as const
/** Rows drawn beyond each edge, for a scroll that is faster than its frame. */
const BEYOND = 6
/** px. Browsers round where they scroll to. */
const ROUNDING = 2

/**
 * The rows of the stream, drawn in place by a few elements. Following and scrolling are one: all rows have one height, so
 * where each stands is known. While following it is scrolled to the end with each frame, else held at the row to which
 * the reader has scrolled, whatever comes below and leaves above.
 */
export class RowList {
  readonly #panel: Panel
  readonly #scroller: Written
  readonly #body: Written
  readonly #note: Written
  readonly #pool: RowPool
  readonly #id: string
  #session: Session
  #layout: ListLayout | undefined = undefined
  #anchor: Anchor | undefined = undefined
  #selected: number | undefined
  #scrolledTo = 0
  #newestSeen = -1
  #unseen = 0

  /** `scroller` begins with a header that sticks to its top, and ends with an empty `body`; `id` begins the ids of rows. */
  constructor(panel: Panel, scroller: HTMLElement, body: HTMLElement, id: string) {
    this.#panel = panel
    this.#scroller = new Written(scroller)
    this.#body = new Written(body)
    this.#note = noteIn(body)
    this.#pool = new RowPool(body, id)
    this.#id = id
    this.#session = panel.session
    this.#selected = this.#session.view.selected
  }

  /** Listed rows that are newer than those the reader has had on the screen. */
  get unseen(): number {
    return this.#unseen
  }

  /** How many rows fit. */
  get page(): number {
    return this.#layout === undefined
      ? 1
      : Math.max(1, Math.floor(this.#layout.room / this.#layout.rowHeight))
  }

  /** To be called when the list was scrolled, be it by the reader or by `draw`. Who scrolls to the end follows. */
  scrolled(): void {
    const { scrollTop, clientHeight } = this.#scroller.element
    if (this.#layout === undefined || Math.abs(scrollTop - this.#scrolledTo) < ROUNDING) return
    this.#scrolledTo = scrollTop
    this.#anchor = this.#layout.anchorAt(scrollTop)
    const grown = Math.max(0, clientHeight - LINE - this.#layout.room) // with more room, the end comes nearer
    this.#follow(scrollTop >= this.#layout.end - grown - ROUNDING)
    this.draw()
  }

  /** Stays where it is, if there is anything above: the reader is about to scroll. */
  hold(): void {
    if (this.#layout !== undefined && this.#layout.end > 0) this.#follow(false)
  }

  /** Brings the screen up to date. */
  draw(): void {
    if (this.#panel.session !== this.#session) this.#look(this.#panel.session)
    const layout = this.#measure()
    const top = this.#topOf(layout)
    this.#layout = layout
    this.#body.length('height', layout.height)
    if (top !== this.#scrolledTo) this.#scroller.element.scrollTop = top
    this.#scrolledTo = top
    this.#pool.draw(this.#session, layout, this.#panel.settings.get().time, BEYOND, top)
    this.#describe(layout)
    this.#count(layout, top)
  }

  close(): void {
    this.#pool.clear()
    this.#note.element.remove()
  }

  #look(session: Session): void {
    this.#session = session
    this.#selected = session.view.selected
    this.#layout = undefined
    this.#anchor = undefined
    this.#newestSeen = -1
  }

  #follow(on: boolean): void {
    if (on !== this.#panel.follows) this.#panel.follow(on)
  }

  #measure(): ListLayout {
    return new ListLayout({
      matching: this.#session.view.matching(),
      rowHeight: rowHeights[this.#panel.settings.get().rows],
      room: Math.max(0, this.#scroller.element.clientHeight - LINE),
      hasLost: this.#session.recorder.rows.discarded > 0,
    })
  }

  /** Where to scroll to. An event that is newly selected comes into sight, and stays there: following ends. */
  #topOf(layout: ListLayout): number {
    const { selected } = this.#session.view
    const isNew = selected !== this.#selected && selected !== undefined
    this.#selected = selected
    if (isNew) this.#follow(false)
    if (this.#panel.follows) {
      this.#anchor = undefined
      return layout.end
    }
    const held = this.#heldTop(layout)
    if (!isNew || layout.matching.positionOf(selected) < 0) return held
    const top = layout.reveal(placeOf(layout.matching, selected), held)
    this.#anchor = layout.anchorAt(top)
    return top
  }

  #heldTop(layout: ListLayout): number {
    this.#anchor ??= this.#layout?.anchorAt(this.#scrolledTo) ?? this.#firstAnchor(layout)
    return this.#anchor === undefined ? 0 : layout.topAt(this.#anchor)
  }

  /** The reader was elsewhere: the selected event in the middle, or else the newest. */
  #firstAnchor(layout: ListLayout): Anchor | undefined {
    const { matching, room } = layout
    if (this.#selected === undefined || matching.positionOf(this.#selected) < 0)
      return layout.anchorAt(layout.end)
    return layout.anchorAt(layout.clamp(layout.topOf(placeOf(matching, this.#selected)) - room / 2))
  }

  /** For those who hear the list, which columns there are, and what the note above it says. */
  #describe({ matching, lead, skipped }: ListLayout): void {
    const { selected } = this.#session.view
    const isListed = selected !== undefined && matching.positionOf(selected) >= 0
    this.#scroller.attribute('aria-rowcount', String(matching.length + 1)) // with the header
    this.#scroller.attribute('aria-activedescendant', isListed ? `${this.#id}${selected}` : undefined)
    const { links, processes } = this.#session.recorder.rows
    const asLinks = links.size > 1 ? '' : undefined
    this.#scroller.attribute('data-links', processes.size > 1 ? 'where' : asLinks)
    this.#note.attribute('hidden', lead > 0 ? undefined : '')
    this.#note.text(lead > 0 ? noteOf(this.#session.recorder.rows, skipped) : '')
  }

  #count({ matching, rowHeight, room, end }: ListLayout, top: number): void {
    const lowest = matching.at(Math.floor((end - top) / rowHeight))
    if (room > 0 && lowest !== undefined) this.#newestSeen = Math.max(this.#newestSeen, lowest)
    this.#unseen = countNewer(matching, this.#newestSeen)
  }
}

function noteIn(body: HTMLElement): Written {
  const note = body.ownerDocument.createElement('div')
  note.className = 'hb-stream-note'
  body.append(note)
  return new Written(note)
}

function noteOf({ discarded, capacity }: Rows, skipped: number): string {
  const lost = `oldest ${wholeNumber(discarded)} discarded (cap ${wholeNumber(capacity)}), statistics stay exact`
  const hidden = `${wholeNumber(skipped)} older ones are out of the list's reach: filter, or choose a range`
  return [discarded > 0 && lost, skipped > 0 && hidden].filter(Boolean).join(' · ')
}
