/** The names of everything in Redis that a shared history has: one hash tag, so a script may touch all of them in a cluster. */
export interface HistoryKeys {
  /** The stream of entries. */
  readonly log: string
  /** A hash: the epoch, the last position, and its stamp. */
  readonly state: string
  /** A hash from everybody who has appended to the number of the last that is in. */
  readonly marks: string
  /** The same names by when they have last appended. */
  readonly used: string
}

export function historyKeys(namespace: string): HistoryKeys {
  const at = `${namespace}:{hub}`
  return { log: `${at}:log`, state: `${at}:state`, marks: `${at}:marks`, used: `${at}:used` }
}
