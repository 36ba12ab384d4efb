import type { RecordingFile } from './recording-file.ts'

const KEPT = 30_000 // ms: browsers differ in when they have read it

/** Hands a file to the browser, in the name of the window that asks for it. */
export function download({ name, blob }: RecordingFile, document: Document): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEPT)
}
