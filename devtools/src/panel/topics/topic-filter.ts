/** The clause that lets through a branch of topics: what is below it too, when there is something. */
export function clauseFor(path: string, hasChildren: boolean): string {
  return `topic:${hasChildren ? `${path}.**` : path}`
}

/** True when a filter asks for just that, among other things. */
export function hasClause(text: string, clause: string): boolean {
  return text.split(/\s+/).includes(clause)
}

/** The filter with the clause instead of the topics it asked for; without it, when it had it. */
export function withTopic(text: string, clause: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '')
  if (words.includes(clause)) return words.filter((word) => word !== clause).join(' ')
  return [clause, ...words.filter((word) => !word.startsWith('topic:') && word !== `-${clause}`)].join(' ')
}

/** The filter without that topic; with it again, when it was left out. */
export function withoutTopic(text: string, clause: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '' && word !== clause)
  const left = `-${clause}`
  return (words.includes(left) ? words.filter((word) => word !== left) : [...words, left]).join(' ')
}
