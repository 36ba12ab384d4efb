import { matches } from '@heliobus/core'
import { errorText } from './letter-groups.ts'
import type { ListedLetter } from './listed-letter.ts'

/**
 * The test for a search in dead letters: every word must occur in topic, handler, kind, group or error; a word with a `*` is a
 * pattern of topics. Upper and lower case are the same.
 */
export function letterSearch(wanted: string): (letter: ListedLetter) => boolean {
  const words = wanted.split(/\s+/).filter((word) => word !== '')
  const tests = words.map(wordTest)
  return (letter) => tests.every((test) => test(letter))
}

function wordTest(word: string): (letter: ListedLetter) => boolean {
  if (isPattern(word)) return ({ event }) => matches(word, event.type)
  const text = word.toLowerCase()
  return (letter) => textOf(letter).includes(text)
}

/** What only looks like a pattern is searched for as text. */
function isPattern(word: string): boolean {
  try {
    if (!word.includes('*')) return false
    matches(word, 'a')
    return true
  } catch {
    return false
  }
}

/** Letters don't change: what can be found in one is put together once. */
const known = new WeakMap<ListedLetter, string>()

function textOf(letter: ListedLetter): string {
  const { event, handler = '', kind, group = '', error } = letter
  const text =
    known.get(letter) ?? [event.type, handler, kind, group, errorText(error)].join(' ').toLowerCase()
  known.set(letter, text)
  return text
}
