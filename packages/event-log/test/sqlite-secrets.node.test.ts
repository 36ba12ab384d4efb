import { createBus, defineCatalog, defineEvent, record, type Schema } from '@heliobus/core'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqliteLog } from '../src/sqlite.ts'

const anything: Schema = {
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) },
}
const Paid = defineEvent('order.paid', { data: anything, sensitive: ['card.number'] })

/** All bytes of all files of a folder. */
function bytesIn(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n')
}

test('no byte of a secret gets into the files of the database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heliobus-secrets-'))
  try {
    const log = await openSqliteLog(join(folder, 'events.db'))
    const bus = createBus({ catalog: defineCatalog(Paid) })
    const recording = record(bus, log)
    for (let n = 0; n < 1_000; n++)
      bus.publish('order.paid', {
        card: { number: 'canary-card' },
        login: [{ name: 'not a secret' }, { password: 'canary-password' }],
      })
    await recording.flush()
    const open = bytesIn(folder)
    await log.prune(Date.now() + 1_000, 10)
    await bus.close()
    await log.close()
    for (const bytes of [open, bytesIn(folder)]) expect(bytes).not.toContain('canary')
    expect(open).toContain('not a secret')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
