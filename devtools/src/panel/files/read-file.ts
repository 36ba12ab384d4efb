import { type LineFault, readRecording, type ReadRecording } from '../../model/recording-reader.ts'
import { recorded } from '../../model/recorded.ts'
import { Session } from '../state/session.ts'
import { unzipped } from './gzip.ts'

interface Bounds {
  /** Rows kept, the newest. */
  readonly capacity: number
  /** The largest file, in bytes. */
  readonly file: number
  /** How much of it is read once it is unpacked, in bytes. */
  readonly unpacked: number
}

const standard: Bounds = { capacity: 262_144, file: 200_000_000, unpacked: 1_000_000_000 }

/** Reads a recording as a session that stands still. Rejects with an error whose message says why it is none. */
export async function readFile(file: File, bounds: Bounds = standard): Promise<Session> {
  if (file.size > bounds.file) throw new Error(`it is larger than ${bounds.file / 1_000_000} MB`)
  const pieces = new Pieces(await unzipped(file), bounds.unpacked)
  const read = await readRecording(pieces, { capacity: bounds.capacity })
  if (read.header === undefined && read.rows.next === 0) throw new Error('it is no recording of a bus')
  const remark = pieces.fault === undefined ? remarksOn(read) : [...remarksOn(read), pieces.fault]
  const name = read.header?.bus || file.name
  return Session.ofRecording(name, recorded(read.rows, read.statistics), remark.join('; '))
}

function remarksOn({ header, rows, skipped, faults: [first] }: ReadRecording): readonly string[] {
  const lost = (header?.discarded ?? 0) + rows.discarded
  return [
    ...(header === undefined ? ['it has no header'] : []),
    ...(header?.redaction === undefined ? [] : [header.redaction]),
    ...(lost > 0 ? [`${lost} older events are not in it`] : []),
    ...(first === undefined ? [] : [skippedText(skipped, first)]),
  ]
}

function skippedText(skipped: number, { line, reason }: LineFault): string {
  return skipped === 1
    ? `1 line was skipped: line ${line}, ${reason}`
    : `${skipped} lines were skipped, the first being line ${line}: ${reason}`
}

/** A stream as text, until it breaks off or there is too much of it. */
class Pieces implements AsyncIterable<string> {
  /** Why there is no more. */
  fault: string | undefined = undefined
  readonly #bytes: ReadableStream<Uint8Array>
  readonly #limit: number

  constructor(bytes: ReadableStream<Uint8Array>, limit: number) {
    this.#bytes = bytes
    this.#limit = limit
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    const reader = this.#bytes.getReader()
    const decoder = new TextDecoder()
    let left = this.#limit
    for (let bytes = await this.#next(reader); bytes !== undefined; bytes = await this.#next(reader)) {
      left -= bytes.length
      if (left < 0) await this.#stop(reader)
      else yield decoder.decode(bytes, { stream: true })
    }
    yield decoder.decode()
  }

  async #next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
    try {
      return (await reader.read()).value
    } catch {
      this.fault = 'it breaks off in the middle'
      return undefined
    }
  }

  #stop(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    this.fault = `of its contents, only the first ${this.#limit / 1_000_000} MB are read`
    return reader.cancel()
  }
}
