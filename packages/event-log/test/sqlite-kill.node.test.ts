import Database from 'libsql'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '@heliobus/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '../../../scripts/bundle.mjs'
import { foundOut } from '../../testing/test/faults/found-out.ts'

const ROUNDS = 6
const BATCH = 50
/** Beside the package's own modules, where libsql is found. */
const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))
const script = join(cache, `recording-process-${process.pid}.mjs`)

beforeAll(async () => {
  mkdirSync(cache, { recursive: true })
  writeFileSync(script, await bundle(new URL('recording-process.ts', import.meta.url), ['libsql']))
})

afterAll(() => rmSync(script, { force: true }))

interface Ledger {
  readonly intended: ReadonlySet<string>
  readonly accepted: readonly string[]
}

function readLedger(path: string): Ledger {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  const of = (word: string): string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1))
  return { intended: new Set(of('intent')), accepted: of('accepted') }
}

/** Lets a process record until some batches of it are accepted, and kills it at any moment after. */
async function recordAndKill(file: string, ledger: string, run: string, manner: string): Promise<void> {
  const child = spawn(process.execPath, [script, file, ledger, run, manner], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => void child.on('exit', () => resolve()))
  try {
    const own = (): number =>
      readLedger(ledger).accepted.filter((batch) => batch.startsWith(`${run} `)).length
    await until(() => own() > 3, `the process ${run} records`)
    await new Promise<void>((resolve) => setTimeout(resolve, Math.random() * 20)) // anywhere in a batch
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

/** How many events of each batch are in the file, in their order. */
function storedIn(file: string): Map<string, number[]> {
  const db = new Database(file)
  expect(db.prepare('PRAGMA integrity_check').all()).toMatchObject([{ integrity_check: 'ok' }])
  const rows = db.prepare('SELECT source, data FROM events_log ORDER BY position').all() as {
    source: string
    data: string
  }[]
  db.close()
  const batches = new Map<string, number[]>()
  for (const { source, data } of rows) {
    const { batch, n } = JSON.parse(data) as { batch: number; n: number }
    const name = `${source} ${batch}`
    batches.set(name, [...(batches.get(name) ?? []), n])
  }
  return batches
}

async function verdict(
  manner: string,
): Promise<{ lost: string[]; torn: string[]; invented: string[]; stored: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'heliobus-kill-'))
  const [file, ledgerFile] = [join(folder, 'events.db'), join(folder, 'ledger')]
  try {
    for (let round = 0; round < ROUNDS; round++) await recordAndKill(file, ledgerFile, `run${round}`, manner)
    const { intended, accepted } = readLedger(ledgerFile)
    const stored = storedIn(file)
    const whole = Array.from({ length: BATCH }, (_, n) => n).join()
    return {
      lost: accepted.filter((batch) => !stored.has(batch)),
      torn: [...stored].filter(([, numbers]) => numbers.join() !== whole).map(([batch]) => batch),
      invented: [...stored.keys()].filter((batch) => !intended.has(batch)),
      stored: stored.size,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a process killed in mid-batch loses nothing that was accepted, and leaves no half of a batch', async () => {
  const { stored, ...faults } = await verdict('')
  expect(faults).toEqual({ lost: [], torn: [], invented: [] })
  expect(stored).toBeGreaterThan(3 * ROUNDS)
}, 60_000)

test('the ledger finds out a recording that accepts before it has stored', async () => {
  expect(await foundOut(async () => (await verdict('hasty')).lost.length === 0)).toBe(true)
}, 60_000)

test('and one that stores a batch in pieces', async () => {
  expect(await foundOut(async () => (await verdict('piecemeal')).torn.length === 0)).toBe(true)
}, 60_000)
