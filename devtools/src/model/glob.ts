/** `*` stands for any characters; upper and lower case are the same. Linear in the name for each piece. */
export function compileGlob(glob: string): (name: string) => boolean {
  const [head, ...rest] = glob.toLowerCase().split('*')
  const tail = rest.pop()
  if (tail === undefined) return (name) => name.toLowerCase() === head
  return (name) => {
    const text = name.toLowerCase()
    if (!text.startsWith(head!)) return false
    let at = head!.length
    for (const piece of rest) {
      const found = text.indexOf(piece, at)
      if (found < 0) return false
      at = found + piece.length
    }
    return text.length - tail.length >= at && text.endsWith(tail)
  }
}

const REMEMBERED = 1_000

/** The same test with the answers for the first 1,000 different texts remembered: for names, of which there are few. */
export function remembered(test: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>()
  return (text) => {
    const known = answers.get(text)
    if (known !== undefined) return known
    const answer = test(text)
    if (answers.size < REMEMBERED) answers.set(text, answer)
    return answer
  }
}
