/** The word at the cursor, as `completeFilter` sees it: without the signs before it. */
function wordAt(text: string, cursor: number): { readonly start: number; readonly end: number } {
  const [typed] = /[^\s()|]*$/.exec(text.slice(0, cursor))!
  const [minus] = /^-*/.exec(typed)!
  const [rest] = /^[^\s()|]*/.exec(text.slice(cursor))!
  return { start: cursor - typed.length + minus.length, end: cursor + rest.length }
}

/** What is typed of the word at the cursor. */
export function typedAt(text: string, cursor: number): string {
  return text.slice(wordAt(text, cursor).start, cursor)
}

/** Whether a completion asks for more: a field without its value. */
export function isBeginning(word: string): boolean {
  return /[:.<>=]$/.test(word)
}

/** Puts `word` in place of the word at the cursor. A whole clause is followed by a space; a mere beginning isn't. */
export function complete(text: string, cursor: number, word: string): { text: string; cursor: number } {
  const { start, end } = wordAt(text, cursor)
  const rest = text.slice(end)
  const filled = isBeginning(word) || /^[\s)|]/.test(rest) ? word : `${word} `
  return { text: `${text.slice(0, start)}${filled}${rest}`, cursor: start + filled.length }
}
