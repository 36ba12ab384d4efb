/** How well a text answers a query: what of it was meant, as positions, and a score that is better when higher. */
export interface Match {
  readonly marks: readonly number[]
  readonly score: number
}

const AT_WORD = 8
const IN_ROW = 5

/**
 * Finds the letters of a query in a text, in their order, with gaps allowed: `stf` fits "Show The First". Beginnings of
 * words and letters in a row count more. Upper and lower case are the same; spaces of the query don't matter.
 */
export function matchText(query: string, text: string): Match | undefined {
  const wanted = query.toLowerCase().replaceAll(/\s/g, '').split('')
  const within = text.toLowerCase()
  const whole = within.indexOf(query.trim().toLowerCase())
  if (whole >= 0) return inOnePiece(text, whole, query.trim().length)
  const marks: number[] = []
  for (const letter of wanted) {
    const at = nextPlace(within, letter, (marks.at(-1) ?? -1) + 1)
    if (at < 0) return undefined
    marks.push(at)
  }
  return { marks, score: scoreOf(text, marks) }
}

function inOnePiece(text: string, at: number, length: number): Match {
  const marks = Array.from({ length }, (_, index) => at + index)
  return { marks, score: scoreOf(text, marks) + IN_ROW }
}

/** The letter where a word begins, if there is one right after, else the next one. */
function nextPlace(text: string, letter: string, from: number): number {
  const next = text.indexOf(letter, from)
  for (let at = next; at >= 0; at = text.indexOf(letter, at + 1))
    if (isWordStart(text, at)) return inReach(next, at)
  return next
}

/** A word that begins far away is not what was meant. */
function inReach(next: number, start: number): number {
  return start - next <= 12 ? start : next
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[\s._:/-]/.test(text[at - 1]!)
}

function scoreOf(text: string, marks: readonly number[]): number {
  let score = -text.length / 100
  for (const [index, at] of marks.entries()) {
    if (isWordStart(text, at)) score += AT_WORD
    if (index > 0 && marks[index - 1] === at - 1) score += IN_ROW
  }
  return score - (marks[0] ?? 0) / 10
}
