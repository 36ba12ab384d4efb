import type { SqliteFile } from './sqlite-file.ts'

/**
 * What each version of the tables adds to the one before. Never changed, only continued: files of every version are about.
 * AUTOINCREMENT, so that no position is given twice though the last entries go.
 */
const migrations: readonly string[] = [
  `CREATE TABLE events_log (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    source TEXT NOT NULL,
    subject TEXT,
    user_id TEXT,
    key TEXT,
    time INTEGER NOT NULL,
    version INTEGER NOT NULL,
    correlation_id TEXT NOT NULL,
    causation_id TEXT,
    traceparent TEXT,
    data TEXT
  );
  CREATE INDEX events_log_type_time ON events_log (type, time);
  CREATE INDEX events_log_user_id ON events_log (user_id) WHERE user_id IS NOT NULL;
  CREATE INDEX events_log_correlation_id ON events_log (correlation_id);`,
]

/** Brings the tables up to date; all of it or nothing. Rejects with `log-failed` when they are newer than is known here. */
export function migrate(file: SqliteFile): Promise<void> {
  return file.write(() => {
    file.exec('CREATE TABLE IF NOT EXISTS events_log_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL)')
    const version = stateOf(file, 'schema')
    const known = migrations.length
    if (version > known)
      throw new Error(`its tables are of version ${version}, newer than ${known}, which is known here`)
    for (const migration of migrations.slice(version)) file.exec(migration)
    raise(file, 'schema', known)
  })
}

/** Numbers that the store remembers: the highest position that was removed, and how many entries were. */
type Memory = 'schema' | 'removed' | 'gone'

/** 0 at first. */
export function stateOf(file: SqliteFile, name: Memory): number {
  return file.numbers('SELECT value FROM events_log_state WHERE name = ?', [name])[0] ?? 0
}

/** It only ever rises. */
export function raise(file: SqliteFile, name: Memory, value: number): void {
  const sql =
    'INSERT INTO events_log_state VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)'
  file.run(sql, [name, value])
}
