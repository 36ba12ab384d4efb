import { createMemoryHistory, type Draft, type Entry, type History } from '@heliobus/websocket/hub'
import Database from 'libsql'

/** The hub's history, kept in a file: what the hub has accepted survives it, and clients go on where they left off. */
export interface KeptHistory extends History {
  /** What was in the file when it was opened, oldest first. */
  readonly found: readonly Entry[]
  close(): void
}

const KEPT = 10_000 // entries, give or take a tenth

/** Exclusive: two hubs with one history would give the same positions twice. The lock goes with the process. */
const tables = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS hub_epoch (epoch TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS hub_history (
    position INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    text TEXT NOT NULL,
    sender TEXT NOT NULL,
    sequence INTEGER
  );`

/** In an SQLite file of its own, which is made when it is not there. Throws what SQLite throws, and when another hub has it. */
export function openKeptHistory(path: string): KeptHistory {
  const file = open(path)
  const found = entriesIn(file)
  const memory = createMemoryHistory({ events: KEPT, epoch: epochOf(file), entries: found })
  const insert = file.prepare('INSERT INTO hub_history VALUES (?, ?, ?, ?, ?)')
  const remove = file.prepare('DELETE FROM hub_history WHERE position < ?')
  let oldest = memory.first
  const write = file.transaction((drafts: readonly Draft[]) => {
    let position = memory.last
    for (const { topic, text, from, sequence = null } of drafts)
      insert.run(++position, topic, text, from, sequence)
    if (memory.first - oldest > KEPT / 10) remove.run((oldest = memory.first))
  })

  return {
    found,
    epoch: memory.epoch,
    get first() {
      return memory.first
    },
    get last() {
      return memory.last
    },
    at: (position) => memory.at(position),
    // A promise, so that what SQLite throws is a rejection: the hub then accepts none of them.
    async append(drafts) {
      write(drafts)
      await memory.append(drafts)
    },
    close: () => void file.close(),
  }
}

function open(path: string): Database.Database {
  const file = new Database(path)
  try {
    file.exec(tables)
    return file
  } catch (error) {
    file.close()
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')) throw error
    const wayOut = 'give this one a file of its own, with --log other.db'
    throw new Error(`another ground station is at work with ${path}; ${wayOut}`, { cause: error })
  }
}

type Row = Omit<Entry, 'from' | 'sequence'> & { readonly sender: string; readonly sequence: number | null }

function entriesIn(file: Database.Database): readonly Entry[] {
  const sql = 'SELECT * FROM (SELECT * FROM hub_history ORDER BY position DESC LIMIT ?) ORDER BY position'
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is as it was made above
  const rows = file.prepare(sql).all(KEPT) as Row[]
  return rows.map(({ position, topic, text, sender: from, sequence }) => ({
    position,
    topic,
    text,
    from,
    ...(sequence !== null && { sequence }),
  }))
}

/** Made with the file. */
function epochOf(file: Database.Database): string {
  file
    .prepare('INSERT INTO hub_epoch SELECT ? WHERE NOT EXISTS (SELECT 1 FROM hub_epoch)')
    .run(crypto.randomUUID())
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the row is there now
  return (file.prepare('SELECT epoch FROM hub_epoch').get() as { readonly epoch: string }).epoch
}
