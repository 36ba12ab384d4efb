import type { DeadLetter } from '@heliobus/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gist, groupLetters } from '../src/model/letter-groups.ts'
import { letterSearch } from '../src/model/letter-search.ts'
import { event } from './signals.ts'

const hostile = {
  toString: () => {
    throw new Error('no')
  },
}
const error = fc.oneof(
  fc.constantFrom(
    'SMTP: 421 no service for ada.7@example.org',
    'SMTP: 550 no service for bob',
    'order o-123 is gone',
  ),
  fc.string(),
  fc.constantFrom(undefined, null, hostile, new Error('order o-9 is gone')),
)

const letters = fc
  .array(
    fc.record({
      topic: fc.constantFrom('mail.sent', 'order.paid'),
      handler: fc.constantFrom('postman', 'printer', undefined),
      kind: fc.constantFrom('failed' as const, 'overflow' as const, 'unrouted' as const),
      error,
    }),
  )
  .map((list): readonly DeadLetter[] =>
    list.map(({ topic, handler, kind, error: thrown }, index) => ({
      id: String(index),
      event: event(String(index), topic),
      handler,
      kind,
      patterns: [],
      attempts: [],
      error: thrown,
      at: index,
    })),
  )

describe('groups of dead letters', () => {
  test('every letter is in one group, with its like only, the newest first', () => {
    fc.assert(
      fc.property(letters, (list) => {
        const groups = groupLetters(list)
        const all = groups.flatMap((group) => group.letters)
        expect(all.toSorted((a, b) => a.at - b.at)).toEqual(list)
        for (const { topic, handler, kind, letters: members } of groups) {
          expect(members).toEqual(members.toSorted((a, b) => b.at - a.at))
          for (const letter of members)
            expect([letter.event.type, letter.handler ?? '', letter.kind]).toEqual([topic, handler, kind])
        }
        const newest = groups.map(({ letters: [first] }) => first!.at)
        expect(newest).toEqual(newest.toSorted((a, b) => b - a))
        expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length)
      }),
    )
  })

  test('what differs from event to event keeps no errors apart; a code does', () => {
    expect(gist('SMTP: 421 no service for ada.7@example.org')).toBe('SMTP: 421 no service for #')
    expect(gist('order o-123 of 2024-05-01 is gone')).toBe('order # of # is gone')
    expect(gist('SMTP: 550')).not.toBe(gist('SMTP: 421'))
  })

  test('an error reads the same once it was read', () => {
    const isSettled = (text: string): boolean => gist(gist(text)) === gist(text)
    fc.assert(fc.property(fc.string(), isSettled))
  })
})

describe('a search in dead letters', () => {
  test('finds by topic, handler, kind and error, each word somewhere; nothing searched for finds all', () => {
    fc.assert(
      fc.property(letters, (list) => {
        const found = (wanted: string): number => list.filter(letterSearch(wanted)).length
        expect(found('')).toBe(list.length)
        expect(found('POSTMAN')).toBeGreaterThanOrEqual(
          list.filter(({ handler }) => handler === 'postman').length,
        )
        expect(found('mail.*')).toBe(list.filter(({ event: { type } }) => type === 'mail.sent').length)
        expect(found('mail.* order.*')).toBe(0)
      }),
    )
  })

  test('no search makes it fail', () => {
    fc.assert(
      fc.property(letters, fc.string(), (list, wanted) => {
        expect(() => list.filter(letterSearch(wanted))).not.toThrow()
      }),
    )
  })
})
