import { runInThisContext } from 'node:vm'

/** Does something so many times. */
export type Loop = (count: number) => void | Promise<void>

type Publish = (topic: string, data: object) => unknown
type MakeLoop = (publish: Publish, topics: readonly string[], data: object) => Loop

let made = 0

/**
 * A loop of its own source code that publishes on the topics in turn, so that no contender pays for another's call
 * site. The number of topics is a power of two.
 */
export function distinctLoop(
  publish: Publish,
  topics: readonly string[],
  data: object,
  awaited = false,
): Loop {
  const step = topics.length === 1 ? 'publish(topics[0], data)' : 'publish(topics[at = at + 1 & mask], data)'
  const [head, before] = awaited ? ['async (count)', 'await '] : ['(count)', '']
  const code = `(publish, topics, data) => {
    const mask = topics.length - 1
    let at = 0
    return ${head} => { for (let i = 0; i < count; i++) ${before}${step} /* ${made++} */ }
  }`
  const make: MakeLoop = runInThisContext(code)
  return make(publish, topics, data)
}
