import type { Session } from '../state/session.ts'
import type { Settings } from '../state/settings.ts'
import type { ListLayout } from './list-layout.ts'
import { RowSlot } from './row-slot.ts'
import { rowTime } from './row-time.ts'

/** The elements of rows: as many as can be seen and a few more, each used again for one event after the other. */
export class RowPool {
  readonly #body: HTMLElement
  readonly #id: string
  #slots: RowSlot[] = []

  /** Rows go into `body`; `id` begins their ids. */
  constructor(body: HTMLElement, id: string) {
    this.#body = body
    this.#id = id
  }

  /** Shows what can be seen from `top` px on, and `beyond` more at each edge. A place keeps its element while it is shown. */
  draw(session: Session, layout: ListLayout, time: Settings['time'], beyond: number, top: number): void {
    const [from, to] = layout.visible(top, beyond)
    const size = layout.mostVisible(beyond)
    this.#resize(size)
    for (const [index, slot] of this.#slots.entries()) {
      const place = from + ((((index - from) % size) + size) % size)
      if (place < to) this.#show(session, layout, time, place, slot)
      else slot.hide()
    }
  }

  clear(): void {
    this.#resize(0)
  }

  #show(session: Session, layout: ListLayout, how: Settings['time'], place: number, slot: RowSlot): void {
    const { recorder, view, bookmarks } = session
    const { rows } = recorder
    const row = layout.rowAt(place)!
    const before = layout.rowAt(place - 1)
    const at = rows.time[rows.slot(row)]!
    const time = rowTime(at, how, {
      first: session.firstAt ?? at,
      before: before === undefined ? undefined : rows.time[rows.slot(before)],
    })
    slot.show({
      rows,
      secrecyOn: (type) => session.discretion.secrecyOn(type),
      row,
      place,
      top: layout.topOf(place),
      time,
      selected: row === view.selected,
      bookmarked: bookmarks.has(row),
    })
  }

  #resize(size: number): void {
    while (this.#slots.length > size) this.#slots.pop()!.hide()
    while (this.#slots.length < size) this.#slots.push(new RowSlot(this.#body, this.#id))
  }
}
