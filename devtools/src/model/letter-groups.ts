import type { ListedLetter } from './listed-letter.ts'
import { shortText } from './members.ts'

/**
 * Dead letters that are likely to have the same reason: same topic, handler and kind, in the same consumer group, and errors
 * that read alike.
 */
export interface LetterGroup {
  readonly id: string
  readonly topic: string
  /** '' when no handler was involved. */
  readonly handler: string
  readonly kind: string
  /** The consumer group that gave up; '' for the bus. */
  readonly group: string
  /** The newest error's text. */
  readonly error: string
  /** Newest first; never empty. */
  readonly letters: readonly ListedLetter[]
}

/** The group whose newest letter is the newest comes first. Takes letters as the bus lists them, oldest first. */
export function groupLetters(letters: readonly ListedLetter[]): readonly LetterGroup[] {
  const groups = new Map<string, ListedLetter[]>()
  for (const letter of letters.toReversed()) {
    const id = groupOf(letter)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [letter])
    else group.push(letter)
  }
  return [...groups].map(([id, members]) => describe(id, members))
}

function describe(id: string, letters: readonly ListedLetter[]): LetterGroup {
  const { event, handler = '', kind, group = '', error } = letters[0]!
  return { id, topic: event.type, handler, kind, group, error: errorText(error), letters }
}

/** What a letter's error says; '' where nothing was thrown, as for an event that nobody handles. */
export function errorText(error: unknown): string {
  return error === undefined ? '' : shortText(error, 300)
}

/** Letters don't change, and errors may be long: each is read once. */
const known = new WeakMap<ListedLetter, string>()

function groupOf(letter: ListedLetter): string {
  const id = known.get(letter) ?? JSON.stringify(likenessOf(letter))
  known.set(letter, id)
  return id
}

function likenessOf({ event, handler, kind, group, error }: ListedLetter): readonly unknown[] {
  return [event.type, handler, kind, group, gist(errorText(error))]
}

/** An error without what differs from event to event: words with digits in them, but for short numbers such as codes. */
export function gist(text: string): string {
  return text.replaceAll(/[\w@.:/-]*\d[\w@.:/-]*/g, (word) => (/^\d{1,3}[.:]?$/.test(word) ? word : '#'))
}
