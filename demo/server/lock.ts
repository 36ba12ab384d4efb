import Database from 'libsql'

/**
 * Takes `path` for this process alone, until it ends, however that is, or the returned function is called: two hubs with one
 * history would give the same positions twice. Throws when another process has it. The lock is one of SQLite's.
 */
export function lock(path: string): () => void {
  const file = new Database(`${path}-lock`)
  try {
    file.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
  } catch (error) {
    file.close()
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')) throw error
    const wayOut = 'give this one a file of its own, with --log other.db'
    throw new Error(`another ground station is at work with ${path}; ${wayOut}`, { cause: error })
  }
  return () => void file.close()
}
