import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isFinal, toReason, Violation } from '../src/protocol/close-code.ts'
import { isDeeper } from '../src/protocol/nesting.ts'
import { readClientFrame, readHubFrame } from '../src/protocol/read-frame.ts'

type Side = 'client' | 'hub'

interface Messages {
  readonly wellFormed: readonly { name: string; from: readonly Side[]; frame: object; means?: object }[]
  readonly malformed: readonly { name: string; from: Side; text: string; code: number }[]
}

const docs = new URL('../../../docs/', import.meta.url)
const messages: Messages = JSON.parse(readFileSync(new URL('protocol/messages.json', docs), 'utf8'))
const page = readFileSync(new URL('PROTOCOL.md', docs), 'utf8')

const readers = { client: readClientFrame, hub: readHubFrame }

const wellFormed = messages.wellFormed.flatMap(({ from, ...message }) =>
  from.map((side) => ({ side, ...message })),
)

test.each(wellFormed)('$name, from the $side, is read as it stands', ({ side, frame, means = frame }) => {
  expect(readers[side](JSON.stringify(frame))).toStrictEqual(means)
})

test.each(messages.malformed)('$name, from the $from, is answered with $code', ({ from, text, code }) => {
  const fault = violationOf(() => readers[from](text))
  expect(fault.code).toBe(code)
  expect(fault.message).toMatch(/^[ -~]+$/)
})

test('every message of the document is in the file, and the other way round', () => {
  const shown = [...page.matchAll(/^```json\n([^]*?)^```/gm)].map(([, text]) => JSON.parse(text!) as object)
  const kept = messages.wellFormed.map(({ frame }) => frame)
  for (const frame of shown) expect(kept).toContainEqual(frame)
  for (const type of ['hello', 'welcome', 'want', 'events', 'ack', 'gap', 'ping', 'pong', 'bye'])
    expect(shown.some((frame) => Reflect.get(frame, 'type') === type)).toBe(true)
})

test('every close code of the document says as the code does whether to come back', () => {
  const rows = [...page.matchAll(/^\| ([\d, to]+) \| .* \| (yes|no) \|$/gm)]
  expect(rows.length).toBeGreaterThan(12)
  for (const [, codes, comeBack] of rows)
    for (const code of codes!.matchAll(/\d{4}/g)) expect(isFinal(Number(code))).toBe(comeBack === 'no')
})

describe('nesting', () => {
  test.each([
    ['[[[]]]', 3, false],
    ['[[[[]]]]', 3, true],
    ['[],[],[],[],[]', 3, false],
    ['{"a":{"b":{"c":1}}}', 3, false],
    ['"[[[[[["', 3, false],
    [String.raw`"\"[[[[[["`, 3, false],
    [String.raw`"\\"[[[[[[`, 3, true],
    ['"[[[[[[', 3, false],
  ])('%s is within %i: %s', (text, limit, deeper) => {
    expect(isDeeper(text, limit)).toBe(deeper)
  })

  test('a frame full of quotes and backslashes is looked at in no time', () => {
    const rounds = [1, 2, 3].map(() => {
      const begun = performance.now()
      isDeeper(`"${'\\'.repeat(70_000)}`, 3)
      isDeeper('"\\"'.repeat(20_000), 3)
      return performance.now() - begun
    })
    expect(Math.min(...rounds), 'the best of three: not what others took').toBeLessThan(50)
  })
})

test('a reason has at most 123 bytes, whatever the text', () => {
  expect(toReason('😀'.repeat(100))).toHaveLength(123)
  expect(toReason('fine')).toBe('fine')
})

function violationOf(run: () => unknown): Violation {
  try {
    run()
  } catch (error) {
    if (error instanceof Violation) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
