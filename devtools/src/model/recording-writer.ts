import type { BusEvent } from '@heliobus/core'
import { shortText } from './members.ts'
import { toPlainJson } from './plain-json.ts'
import { figureLines } from './recording-figures.ts'
import { writeDelivery } from './recording-deliveries.ts'
import type { Rows } from './rows.ts'
import type { Statistics } from './statistics.ts'

/** What a recording says of itself, in its first line. */
export interface RecordingHeader {
  readonly busrec: 1
  readonly bus: string
  /** When it was written, epoch ms. */
  readonly at: number
  /** How many events follow. */
  readonly events: number
  /** Events that were recorded before those and are lost. */
  readonly discarded: number
  /** In words: what was taken out of the data; `undefined` when it is all there. */
  readonly redaction?: string | undefined
}

export interface WriteOptions {
  /** Name of the bus. */
  readonly bus: string
  /** Epoch ms. */
  readonly at: number
  /** Which rows, oldest first; default all. */
  readonly rows?: readonly number[]
  /** Written too, so that counts and percentiles are right where the ring is not enough. */
  readonly statistics?: Statistics
  /** Gives the data to write instead of an event's. What it throws is written in place of the data. */
  readonly redact?: (event: BusEvent) => unknown
  /** What `redact` does, in words. */
  readonly redaction?: string
}

/**
 * A recording as lines of JSON (`.busrec`), each with its line end: a header, statistics if there are any,
 * then an event a line with what its handlers made of it. Data that JSON can't carry is written as text, and the line says `lossy`. Rows that have left
 * the ring meanwhile are skipped.
 */
export function* writeRecording(rows: Rows, options: WriteOptions): Generator<string> {
  const { bus, at, redaction } = options
  const chosen = options.rows ?? Array.from({ length: rows.length }, (_, index) => rows.oldest + index)
  const header: RecordingHeader = {
    busrec: 1,
    bus,
    at,
    events: chosen.length,
    discarded: rows.discarded,
    redaction,
  }
  yield line(header)
  if (options.statistics !== undefined)
    for (const figures of figureLines(options.statistics)) yield line(figures)
  for (const row of chosen) if (rows.has(row)) yield line(record(rows, row, options.redact))
}

function record(rows: Rows, row: number, redact: WriteOptions['redact']): object {
  const slot = rows.slot(row)
  const event = rows.eventAt(row)!
  const { value, lossy } = toPlainJson(dataOf(event, redact))
  const link = rows.link[slot]!
  return {
    at: rows.time[slot],
    status: rows.status[slot],
    via: link > 0 ? rows.links.nameOf(link) : undefined,
    process: rows.process[slot]! > 0 ? rows.processes.nameOf(rows.process[slot]!) : undefined,
    event: { ...event, data: value },
    lossy: lossy || undefined,
    handled: rows.handled[slot],
    failures: rows.failures[slot],
    deliveries: rows.deliveriesAt(row).map(writeDelivery),
  }
}

function dataOf(event: BusEvent, redact: WriteOptions['redact']): unknown {
  try {
    return redact === undefined ? event.data : redact(event)
  } catch (error) {
    return `(redaction failed: ${shortText(error)})`
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}
