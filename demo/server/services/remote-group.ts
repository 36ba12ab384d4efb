import type { ConsumerGroup } from '@heliobus/core'
import type { GroupQuestion } from './messages.ts'
import { RETENTION } from './streams.ts'

type Ask = (question: GroupQuestion) => Promise<unknown>

/** A group that one of its members answers for, in another process: this one is no member, and has none of its shards. */
export function remoteGroup(name: string, ask: Ask): ConsumerGroup {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `answerOf` answers with what the same member resolves to
  const answer = <T>(question: GroupQuestion): Promise<T> => ask(question) as Promise<T>
  return {
    name,
    retention: RETENTION,
    signals$: silence,
    inspect: () => answer({ about: 'inspect' }),
    deadLetters: {
      list: (filter = {}) => answer({ about: 'list', filter }),
      peek: (letter) => answer({ about: 'peek', letter }),
      redrive: (letter) => answer({ about: 'redrive', letter }),
      discard: (letter) => answer({ about: 'discard', letter }),
    },
    parked: {
      list: () => answer({ about: 'parked' }),
      release: (key, { skipFirst = false } = {}) => answer({ about: 'release', key, skipFirst }),
    },
  }
}

/** What happens in a member is its own affair. */
const silence: ConsumerGroup['signals$'] = {
  subscribe: () => ({ unsubscribe: () => undefined }),
}
