/** What is needed of a client of PostgreSQL: a pool or a client of `pg` has it, and PGlite. */
export interface SqlClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}
