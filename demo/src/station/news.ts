import { CABLE_PATH, FACTS_PATH, readFacts, type StationFacts } from './facts.ts'

/** What the ground station says of itself; null when something else serves this page. Rejects when nobody answers. */
export async function askStation(): Promise<StationFacts | null> {
  const response = await fetch(FACTS_PATH)
  return readFacts(await response.json())
}

/** What was heard of the ground station last. */
export interface StationNews {
  readonly facts: () => StationFacts
  /** Calls with all news. */
  readonly subscribe: (onChange: () => void) => () => void
  /** Asks anew. Rejects when nobody answers, or somebody else. */
  readonly refresh: () => Promise<StationFacts>
  /** Asks the station to do something, and for news. Over HTTP, which has a cable of its own. Rejects when it does not. */
  readonly order: (path: string, what: object) => Promise<void>
  /** Cuts the cable to the hub, or mends it. */
  readonly setCut: (isCut: boolean) => Promise<void>
}

export function createNews(first: StationFacts): StationNews {
  const listeners = new Set<() => void>()
  let facts = first
  const refresh = async (): Promise<StationFacts> => {
    const answer = await askStation()
    if (answer === null) throw new Error('this page is served by something else now')
    facts = answer
    for (const listener of listeners) listener()
    return facts
  }
  const order = async (path: string, what: object): Promise<void> => {
    const response = await fetch(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${facts.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(what),
    })
    await response.text() // one that is not read is given up when the page is left
    await refresh()
    if (!response.ok)
      throw new Error(response.status === 429 ? 'not so fast' : 'the ground station did not do it')
  }
  return {
    facts: () => facts,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    refresh,
    order,
    setCut: (isCut) => order(CABLE_PATH, { isCut }),
  }
}
