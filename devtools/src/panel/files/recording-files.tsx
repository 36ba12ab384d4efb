import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import type { Panel } from '../state/panel.ts'
import type { Session } from '../state/session.ts'
import { usePanel } from '../use-panel.ts'
import { download } from './download.ts'
import { onFiles } from './on-files.ts'
import type { RecordingFile } from './recording-file.ts'

/** Recordings as files: saved by command, opened by command or dropped onto the panel. */
export function RecordingFiles(): ReactNode {
  const panel = usePanel()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  // Before the browser draws: whoever sees the panel ready can drop a file onto it.
  useLayoutEffect(() => {
    const { current } = input
    const frame = current?.closest('.hb-panel')
    if (current === null || frame == null) return undefined
    const withdraw = panel.offer({
      save: (isBare) => void save(panel, isBare, current.ownerDocument),
      open: () => current.click(),
    })
    const forget = onFiles(frame, setOver, (file) => void open(panel, file))
    return () => {
      withdraw()
      forget()
    }
  }, [panel])
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".busrec"
        hidden
        aria-label="A recording"
        onChange={({ currentTarget }) => {
          for (const file of currentTarget.files ?? []) void open(panel, file)
          currentTarget.value = '' // the same file may be opened again
        }}
      />
      {isOver && <div className="hb-drop">Drop a recording to open it</div>}
    </>
  )
}

/** A broken file is told of, and changes nothing. */
async function open(panel: Panel, file: File): Promise<void> {
  try {
    const { readFile } = await import('./read-file.ts') // loaded when it is used: few open one
    const session = await readFile(file)
    panel.add(session)
    panel.tell(opened(session))
  } catch (error) {
    panel.tell(`${file.name} could not be opened: ${messageOf(error)}`)
  }
}

function opened({ name, recorder, remark }: Session): string {
  const events = `Opened the recording of ${name}, ${countOf(recorder.rows.length, 'event')}.`
  return remark === '' ? events : `${events} Note: ${remark}.`
}

async function save(panel: Panel, isBare: boolean, document: Document): Promise<void> {
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
  try {
    const { recordingFile } = await import('./recording-file.ts')
    const file = await recordingFile(panel.session, { at: Date.now(), isBare, turn })
    download(file, document)
    panel.tell(saved(file))
  } catch (error) {
    panel.tell(`The recording could not be saved: ${messageOf(error)}`)
  }
}

function saved({ name, events, masked }: RecordingFile): string {
  const secrets =
    masked > 0 ? ` ${countOf(masked, 'value')} under names like password or token are masked.` : ''
  return `Saved ${countOf(events, 'event')} as ${name}.${secrets}`
}

function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
