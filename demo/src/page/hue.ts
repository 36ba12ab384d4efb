const HUES = 12

/** The hue of a topic's domain, in degrees: its first segment's, one of twelve. */
export function hueOf(topic: string): number {
  const [domain = ''] = topic.split(/[.:]/)
  const hash = Array.from(domain).reduce(
    (sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0,
    7,
  )
  return (hash % HUES) * (360 / HUES)
}
