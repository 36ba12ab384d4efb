import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle } from '../../../scripts/bundle.mjs'

const folder = mkdtempSync(join(tmpdir(), 'heliobus-process-'))
const script = join(folder, 'recording-process.mjs')
/** How long a process may take to begin, and to end once it has stored, in ms. */
const [BEGIN, END] = [20_000, 8_000]

beforeAll(async () => writeFileSync(script, await bundle(new URL('recording-process.ts', import.meta.url))))

afterAll(() => rmSync(folder, { recursive: true }))

/** What a process says that records and is never told to end; `isOver`: it has ended by itself. */
async function run(manner: string, failures = 0): Promise<{ said: string; isOver: boolean }> {
  const child = spawn(process.execPath, [script, manner, String(failures)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  let late = setTimeout(() => child.kill('SIGKILL'), BEGIN)
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString()
    clearTimeout(late)
    late = setTimeout(() => child.kill('SIGKILL'), END)
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  clearTimeout(late)
  return { said, isOver: code === 0 }
}

describe('a recording that nobody closes', { timeout: 2 * BEGIN }, () => {
  it('lets its process end, and is stored before', async () => {
    expect(await run('')).toEqual({ said: 'stored 2\n', isOver: true })
  })

  it('holds it while the log fails', async () => {
    expect(await run('', 2)).toEqual({ said: 'stored 2\n', isOver: true })
  })

  it('would hold it for ever if the timer of its retention did', async () => {
    expect(await run('holding')).toEqual({ said: 'stored 2\n', isOver: false })
  })

  it('would lose what waits if no timer did', async () => {
    expect(await run('careless')).toEqual({ said: '', isOver: true })
  })
})
