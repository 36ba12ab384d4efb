const HUES = 12
/** Chosen so that the usual names of domains (user, order, payment…) have hues of their own. */
const SEED = 90

/** The hue of a topic's domain, 0 to 11: the same for the same first segment, everywhere and always. */
export function hueOf(topic: string): number {
  const [domain] = topic.split(/[.:]/, 1)
  let hash = SEED
  for (const character of domain!) hash = Math.imul(hash ^ character.codePointAt(0)!, 31) | 0
  return ((hash ^ (hash >>> 16)) >>> 0) % HUES
}
