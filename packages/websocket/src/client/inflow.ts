import type { AckUp, EventsDown, Gap, PingDown, Place, Welcome } from '../protocol/frames.ts'
import type { Receiver } from './receiver.ts'

/** The way back to the hub. */
export interface Outlet {
  send(frame: AckUp): void
}

/** What comes from the hub: goes to the bus, and moves the place. */
export class Inflow {
  readonly #port: Receiver
  #place: Place | undefined
  #line: Outlet | undefined = undefined
  #window = 0
  #unacknowledged = 0

  constructor(port: Receiver, place: Place | undefined) {
    this.#port = port
    this.#place = place
  }

  /** Where to go on after a loss. */
  get place(): Place | undefined {
    return this.#place
  }

  begin(line: Outlet, { epoch, offset, window }: Welcome): void {
    this.#line = line
    this.#window = window
    this.#unacknowledged = 0
    this.#place = { epoch, offset }
    this.#port.moved?.(this.#place)
  }

  /** The place moves when the events are on the bus, not before. */
  receive({ offset, events }: EventsDown): void {
    for (const event of events) void this.#port.receive(event)
    this.#moveTo(offset)
    this.#unacknowledged += events.length
    if (this.#unacknowledged < this.#window / 2) return
    this.#unacknowledged = 0
    this.#line?.send({ type: 'ack', offset })
  }

  gap({ offset, reason, missing }: Gap): void {
    this.#moveTo(offset)
    this.#port.gap(reason, missing)
  }

  /** Nothing that this side wants lies before what a ping tells. */
  pinged({ offset }: PingDown): void {
    if (offset !== undefined) this.#moveTo(offset)
  }

  #moveTo(offset: string): void {
    if (this.#place === undefined) return
    this.#place = { ...this.#place, offset }
    this.#port.moved?.(this.#place)
  }
}
