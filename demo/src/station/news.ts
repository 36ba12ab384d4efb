import { CABLE_PATH, FACTS_PATH, readFacts, type StationFacts } from './facts.ts'

/** What the ground station says of itself; null when something else serves this page. Rejects when nobody answers. */
export async function askStation(): Promise<StationFacts | null> {
  const response = await fetch(FACTS_PATH)
  return readFacts(await response.json())
}

/** What was heard of the ground station last. */
export interface StationNews {
  readonly facts: () => StationFacts
  /** Asks anew. Rejects when nobody answers, or somebody else. */
  readonly refresh: () => Promise<StationFacts>
  /** Cuts the cable to the hub, or mends it. Over HTTP, which has a cable of its own. */
  readonly setCut: (isCut: boolean) => Promise<void>
}

export function createNews(first: StationFacts): StationNews {
  let facts = first
  const refresh = async (): Promise<StationFacts> => {
    const answer = await askStation()
    if (answer === null) throw new Error('this page is served by something else now')
    return (facts = answer)
  }
  return {
    facts: () => facts,
    refresh,
    async setCut(isCut) {
      await fetch(CABLE_PATH, {
        method: 'POST',
        headers: { authorization: `Bearer ${facts.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ isCut }),
      })
      await refresh()
    },
  }
}
