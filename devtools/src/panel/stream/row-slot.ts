import type { BusEvent, Secrecy } from '@heliobus/core'
import { handlersOf } from '../../model/delivery.ts'
import { GAP } from '../../model/gaps.ts'
import { shortText } from '../../model/members.ts'
import type { Rows } from '../../model/rows.ts'
import { hasStatus } from '../../model/status.ts'
import { duration, wholeNumber } from '../look/figures.ts'
import { hueOf } from '../look/hue.ts'
import { statusOfRow } from '../look/row-status.ts'
import { previewOf } from './preview.ts'
import { fullTime } from './row-time.ts'
import { Written } from './written.ts'

/** What a slot is to show. */
export interface ShownRow {
  readonly rows: Rows
  /** What must not be read of events of a type. */
  readonly secrecyOn: (type: string) => Secrecy
  readonly row: number
  /** From the top of the list, 0 the first. */
  readonly place: number
  /** px from the top of the list. */
  readonly top: number
  readonly time: string
  readonly selected: boolean
  readonly bookmarked: boolean
}

const LONGEST_TOPIC = 200

/** A row's element, used again for one event after the other. Everything is written as text. */
export class RowSlot {
  readonly #body: HTMLElement
  readonly #element: HTMLElement
  readonly #id: string
  readonly #whole: Written
  readonly #time: Written
  readonly #status: Written
  readonly #topic: Written
  readonly #domain: Written
  readonly #rest: Written
  readonly #data: Written
  readonly #via: Written
  readonly #handlers: Written
  readonly #slowest: Written
  #event: unknown = undefined
  #row = -1

  /** The element goes into `body` while it shows something; `id` begins its id, the row's number follows. */
  constructor(body: HTMLElement, id: string) {
    this.#body = body
    this.#id = id
    this.#element = body.ownerDocument.createElement('div')
    this.#element.className = 'hb-row'
    this.#element.setAttribute('role', 'row')
    this.#whole = new Written(this.#element)
    this.#time = cell(this.#element, 'time')
    this.#status = cell(this.#element, 'status')
    this.#topic = cell(this.#element, 'topic')
    this.#domain = span(this.#topic.element, 'hb-row-domain')
    this.#rest = span(this.#topic.element, 'hb-row-rest')
    this.#data = cell(this.#element, 'data')
    this.#via = cell(this.#element, 'via')
    this.#handlers = cell(this.#element, 'handlers')
    this.#slowest = cell(this.#element, 'slowest')
  }

  show(shown: ShownRow): void {
    const { rows, row } = shown
    const event = rows.eventAt(row)
    if (row !== this.#row || event !== this.#event) this.#showEvent(shown)
    this.#event = event
    this.#row = row
    this.#time.text(shown.time)
    this.#whole.length('top', shown.top)
    this.#whole.attribute('aria-rowindex', String(shown.place + 2)) // the header is the first
    this.#whole.attribute('aria-selected', String(shown.selected))
    this.#whole.attribute('data-bookmarked', String(shown.bookmarked))
    this.#showOutcome(rows, row, shown.bookmarked)
    if (this.#element.parentNode === null) this.#body.append(this.#element)
  }

  /** Takes it off the screen, and lets go of its event. */
  hide(): void {
    this.#element.remove()
    this.#event = undefined
    this.#row = -1
  }

  /** What an event is, and stays. */
  #showEvent({ rows, row, secrecyOn }: ShownRow): void {
    const event = rows.eventAt(row)
    const type = shortText(event?.type ?? '', LONGEST_TOPIC)
    const [domain = ''] = type.split(/[.:]/, 1)
    this.#whole.attribute('id', `${this.#id}${row}`)
    this.#whole.attribute('data-row', String(row))
    this.#whole.attribute('data-hue', String(hueOf(type)))
    this.#time.attribute('title', fullTime(rows.time[rows.slot(row)]!))
    this.#topic.attribute('title', type)
    this.#domain.text(domain)
    this.#rest.text(type.slice(domain.length))
    this.#data.text(event === undefined ? '' : dataText(event, secrecyOn))
    this.#showWay(rows, rows.slot(row))
  }

  /** In which process it was, if there are several, and over which bridge it came. */
  #showWay({ link, links, process, processes }: Rows, slot: number): void {
    const over = link[slot]! > 0 ? shortText(links.nameOf(link[slot]!), 60) : ''
    const where = processes.size > 1 ? shortText(processes.nameOf(process[slot]!), 60) : ''
    this.#via.text(`${over === '' ? '' : '⇄ '}${where || over}`)
    this.#via.attribute('title', [where, over && `came over ${over}`].filter(Boolean).join(', '))
    this.#whole.attribute('data-far', process[slot]! > 0 ? '' : undefined)
  }

  /** What became of it, as far as it is known. */
  #showOutcome(rows: Rows, row: number, bookmarked: boolean): void {
    const { glyph, tone, word } = statusOfRow(rows, row)
    const slot = rows.slot(row)
    const [handled, failures, ms] = [rows.handled[slot]!, rows.failures[slot]!, rows.slowest[slot]!]
    const label = bookmarked ? `${word}, bookmarked` : word
    this.#whole.attribute('data-status', tone)
    this.#status.text(glyph)
    this.#status.attribute('aria-label', label)
    this.#status.attribute('title', label)
    const handlers = countHandlers(rows, row)
    this.#handlers.text(handlers === 0 ? '' : `${wholeNumber(handlers)}h`)
    this.#handlers.attribute('title', callsText(handled, failures))
    this.#slowest.text(ms > 0 ? duration(ms) : '')
  }
}

/** What stands for a gap is a sentence. */
function dataText({ type, data }: BusEvent, secrecyOn: ShownRow['secrecyOn']): string {
  return type === GAP && typeof data === 'string' ? data : previewOf(data, secrecyOn(type))
}

function cell(row: HTMLElement, name: string): Written {
  const written = span(row, `hb-cell hb-cell-${name}`)
  written.element.setAttribute('role', 'gridcell')
  return written
}

function span(parent: HTMLElement, className: string): Written {
  const element = parent.ownerDocument.createElement('span')
  element.className = className
  parent.append(element)
  return new Written(element)
}

/** How many handlers have had it. Each call is one, unless some were made again. */
function countHandlers(rows: Rows, row: number): number {
  const slot = rows.slot(row)
  const isRetried = hasStatus(rows.status[slot]!, 'retry')
  return isRetried ? handlersOf(rows.deliveriesAt(row)).length : rows.handled[slot]! + rows.failures[slot]!
}

function callsText(handled: number, failures: number): string {
  if (handled + failures === 0) return ''
  const ended =
    handled + failures === 1 ? '1 call of a handler' : `${wholeNumber(handled + failures)} calls of handlers`
  return failures === 0 ? `${ended} ended` : `${ended} ended, ${wholeNumber(failures)} in failure`
}
