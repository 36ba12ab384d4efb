import type { TestBus } from './test-bus.ts'

/** What a matcher answers a test runner. */
export interface Findings {
  readonly pass: boolean
  readonly message: () => string
}

const SHOWN = 10

/** `fits` compares an event's data with those that are wanted; no data fit all. `print` shows a value. */
export function findPublished(
  test: unknown,
  pattern: string | { readonly type: string },
  data: unknown,
  fits: (actual: unknown) => boolean,
  print: (value: unknown) => string,
): Findings {
  if (!isTestBus(test)) throw new TypeError('toHavePublished is for what createTestBus() returns')
  const topic = typeof pattern === 'string' ? pattern : pattern.type
  const candidates = test.published(topic)
  const found = data === undefined ? candidates : candidates.filter((event) => fits(event.data))
  const wanted = data === undefined ? topic : `${topic} with ${print(data)}`
  const list = (events: readonly Shown[]): string => listOf(events, print)
  return {
    pass: found.length > 0,
    message: () => {
      if (found.length > 0)
        return `expected nothing to be published as ${wanted}, but there was:${list(found)}`
      if (candidates.length > 0)
        return `expected ${wanted} to be published, but of ${topic} there was only:${list(candidates)}`
      const all = test.published()
      return `expected ${wanted} to be published, but there was ${all.length > 0 ? `only:${list(all)}` : 'nothing at all'}`
    },
  }
}

interface Shown {
  readonly type: string
  readonly data: unknown
}

function listOf(events: readonly Shown[], print: (value: unknown) => string): string {
  const lines = events.slice(0, SHOWN).map(({ type, data }) => `\n  ${type} ${print(data)}`)
  const more = events.length - lines.length
  return lines.join('') + (more > 0 ? `\n  … and ${more} more` : '')
}

function isTestBus(test: unknown): test is Pick<TestBus, 'published'> {
  return (
    typeof test === 'object' && test !== null && 'published' in test && typeof test.published === 'function'
  )
}
