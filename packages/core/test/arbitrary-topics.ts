import fc from 'fast-check'

// Two names only, so that a pattern and a topic that know nothing of each other match often.

const name = fc.constantFrom('a', 'b')
const separator = fc.constantFrom('.', ':')

/** Segments joined by separators, either of the two at each place. */
function joined(segments: fc.Arbitrary<string[]>): fc.Arbitrary<string> {
  return segments.chain((all) =>
    fc
      .array(separator, { minLength: all.length, maxLength: all.length })
      .map((between) => all.map((segment, at) => (at === 0 ? segment : between[at]! + segment)).join('')),
  )
}

/** Topics of 1 to `longest` segments; now and then one of the bus itself. */
export function topics(longest: number): fc.Arbitrary<string> {
  const first = fc.oneof({ weight: 7, arbitrary: name }, { weight: 1, arbitrary: fc.constant('$a') })
  const rest = fc.array(name, { maxLength: longest - 1, size: 'max' })
  return joined(fc.tuple(first, rest).map(([head, tail]) => [head, ...tail]))
}

/** Patterns of 1 to `longest` segments, half of them wildcards. */
export function patterns(longest: number): fc.Arbitrary<string> {
  const segment = fc.oneof(
    { weight: 8, arbitrary: name },
    { weight: 1, arbitrary: fc.constant('$a') },
    { weight: 3, arbitrary: fc.constant('*') },
    { weight: 6, arbitrary: fc.constant('**') },
  )
  return joined(fc.array(segment, { minLength: 1, maxLength: longest, size: 'max' }))
}
