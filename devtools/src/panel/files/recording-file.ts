import { Redaction, REDACTION } from '../../model/redaction.ts'
import { writeRecording } from '../../model/recording-writer.ts'
import type { Session } from '../state/session.ts'
import { zipped } from './gzip.ts'

interface Options {
  /** Epoch ms. */
  readonly at: number
  /** Write secrets too. */
  readonly isBare: boolean
  /** Lets the app have its turn. */
  readonly turn: () => Promise<void>
}

/** A recording as a file. */
export interface RecordingFile {
  readonly name: string
  readonly blob: Blob
  readonly events: number
  /** Values that were masked. */
  readonly masked: number
}

const LINES_A_TURN = 200

/** Writes all rows of a session, some at a time: the app goes on meanwhile. */
export async function recordingFile(session: Session, { at, isBare, turn }: Options): Promise<RecordingFile> {
  const redaction = new Redaction({ definitionOf: session.definitionOf })
  const { rows, statistics } = session.recorder
  const events = rows.length
  const lines = writeRecording(rows, {
    bus: session.name,
    statistics,
    at,
    ...(!isBare && { redact: (event) => redaction.of(event), redaction: REDACTION }),
  })
  const blob = await new Response(zipped(encoded(lines, turn))).blob()
  return { name: fileName(session.name, at), blob, events, masked: redaction.masked }
}

function encoded(
  lines: Iterator<string>,
  turn: () => Promise<void>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      await turn()
      const some = take(lines, LINES_A_TURN)
      if (some === '') controller.close()
      else controller.enqueue(encoder.encode(some))
    },
  })
}

function take(lines: Iterator<string>, count: number): string {
  let text = ''
  for (let line = 0; line < count; line++) {
    const next = lines.next()
    if (next.done === true) break
    text += next.value
  }
  return text
}

/** As file systems like it: `shop-2026-01-05T12-30-00.busrec`. */
function fileName(bus: string, at: number): string {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')
  return `${bus.replace(/[^\w.-]+/g, '-').slice(0, 60)}-${time}.busrec`
}
