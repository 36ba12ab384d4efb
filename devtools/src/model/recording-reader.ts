import type { BusEvent } from '@heliobus/core'
import { amount, isRecord, type Members, textOf } from './json-values.ts'
import { readDelivery } from './recording-deliveries.ts'
import { holdsFigures, readFigures } from './recording-figures.ts'
import type { RecordingHeader } from './recording-writer.ts'
import { countSeconds } from './row-counts.ts'
import { Rows } from './rows.ts'
import { Statistics } from './statistics.ts'
import { allBits, status } from './status.ts'

/** A line that was skipped. */
export interface LineFault {
  /** 1 is the first. */
  readonly line: number
  readonly reason: string
}

/** What was read of a recording. */
export interface ReadRecording {
  /** Absent when the first line is none. */
  readonly header: RecordingHeader | undefined
  readonly rows: Rows
  /** As they stood when it was written; `undefined` when none were. Rates and sparklines are of the rows. */
  readonly statistics: Statistics | undefined
  /** Lines that were skipped, all counted. */
  readonly skipped: number
  /** The first 100 of them. */
  readonly faults: readonly LineFault[]
}

export interface ReadOptions {
  /** Rows kept, the newest; default 65,536. */
  readonly capacity?: number
  /** The longest line that is read, in characters; default 16,000,000. */
  readonly longestLine?: number
  /** How many lines are read; default 1,000,000. What follows counts as skipped. */
  readonly lines?: number
}

const FAULTS = 100

/**
 * Reads a recording, whatever it holds: a line that is no event is skipped, counted and named. Takes text in pieces of
 * any size. Rejects only with what the pieces' source rejects with.
 */
export async function readRecording(
  pieces: Iterable<string> | AsyncIterable<string>,
  options: ReadOptions = {},
): Promise<ReadRecording> {
  const reader = new Reader(options)
  for await (const piece of pieces) reader.take(piece)
  return reader.end()
}

class Reader {
  readonly #rows: Rows
  readonly #longest: number
  readonly #lines: number
  readonly #faults: LineFault[] = []
  #header: RecordingHeader | undefined = undefined
  #statistics: Statistics | undefined = undefined
  #skipped = 0
  #line = 0
  #rest = ''
  #tooLong = false

  constructor({ capacity, longestLine = 16_000_000, lines = 1_000_000 }: ReadOptions) {
    this.#rows = new Rows(capacity)
    this.#longest = longestLine
    this.#lines = lines
  }

  take(piece: string): void {
    let from = 0
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      this.#gather(piece.slice(from, end))
      this.#lineEnds()
      from = end + 1
    }
    this.#gather(piece.slice(from))
  }

  end(): ReadRecording {
    if (this.#rest !== '' || this.#tooLong) this.#lineEnds()
    if (this.#statistics !== undefined) countSeconds(this.#rows, this.#statistics)
    return {
      header: this.#header,
      rows: this.#rows,
      statistics: this.#statistics,
      skipped: this.#skipped,
      faults: this.#faults,
    }
  }

  #gather(text: string): void {
    if (this.#tooLong) return
    this.#tooLong = this.#rest.length + text.length > this.#longest
    this.#rest = this.#tooLong ? '' : this.#rest + text
  }

  #lineEnds(): void {
    const text = this.#rest.trim()
    this.#line++
    const reason = this.#tooLong ? `it is longer than ${this.#longest} characters` : this.#read(text)
    if (reason !== undefined) this.#skip(reason)
    this.#rest = ''
    this.#tooLong = false
  }

  #skip(reason: string): void {
    this.#skipped++
    if (this.#faults.length < FAULTS) this.#faults.push({ line: this.#line, reason })
  }

  /** Returns why a line is skipped. */
  #read(text: string): string | undefined {
    if (text === '') return undefined
    if (this.#line > this.#lines) return `only ${this.#lines} lines are read`
    const value = parsed(text)
    if (!isRecord(value)) return 'it is no JSON object'
    if (this.#line === 1 && 'busrec' in value) return this.#begin(value)
    if (holdsFigures(value)) return readFigures(value, (this.#statistics ??= new Statistics()))
    return this.#event(value)
  }

  #begin(value: Members): string | undefined {
    if (value['busrec'] !== 1) return 'it was written by a newer version'
    const { bus, at, events, discarded, redaction } = value
    this.#header = {
      busrec: 1,
      bus: textOf(bus),
      at: amount(at),
      events: amount(events),
      discarded: amount(discarded),
      redaction: typeof redaction === 'string' ? redaction : undefined,
    }
    return undefined
  }

  #event(value: Members): string | undefined {
    const event = toEvent(value['event'])
    if (event === undefined) return 'it holds no event'
    const via = typeof value['via'] === 'string' ? value['via'] : undefined
    const bits = amount(value['status']) & allBits || status.published
    const name = textOf(value['process'])
    const process = name === '' ? 0 : this.#rows.processes.numberOf(name)
    const row = this.#rows.add(event, amount(value['at']), bits, via, 0, process)
    const { deliveries } = value
    if (Array.isArray(deliveries)) for (const delivery of deliveries) this.#deliver(row, delivery)
    this.#rows.count(row, amount(value['handled']), amount(value['failures']))
    return undefined
  }

  #deliver(row: number, value: unknown): void {
    const delivery = readDelivery(value)
    if (delivery !== undefined) this.#rows.deliver(row, delivery)
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function toEvent(value: unknown): BusEvent | undefined {
  if (!isRecord(value) || typeof value['id'] !== 'string' || typeof value['type'] !== 'string')
    return undefined
  const { id, type, data } = value
  const optional = (name: string): string | undefined =>
    typeof value[name] === 'string' ? value[name] : undefined
  return {
    id,
    type,
    source: textOf(value['source']),
    subject: optional('subject'),
    userId: optional('userId') ?? null,
    key: optional('key'),
    time: amount(value['time']),
    data,
    version: amount(value['version']),
    correlationId: optional('correlationId') ?? id,
    causationId: optional('causationId'),
    traceparent: optional('traceparent'),
    hops: amount(value['hops']),
  }
}
