import type { Frames, WireEvent } from '@heliobus/core'

/** Characters of a message, about; a single event may be longer. */
const FULL = 1_000_000

/** Events that go out as one message. */
interface Bundle {
  /** The place of its first event among all. */
  readonly first: number
  readonly events: WireEvent[]
  readonly texts: string[]
}

/** Events in order, as bundles that nobody finds too long. */
export function bundles(events: readonly WireEvent[]): readonly Bundle[] {
  const all: Bundle[] = []
  let length = FULL
  for (const [index, event] of events.entries()) {
    const text = JSON.stringify(event)
    if (length + text.length > FULL) {
      all.push({ first: index, events: [], texts: [] })
      length = 0
    }
    const { events: bundled, texts } = all.at(-1)!
    bundled.push(event)
    texts.push(text)
    length += text.length
  }
  return all
}

/** A bundle as its frame says it; `beginning` as below. */
export function textOf(frames: Frames, beginning: string, { events, texts }: Bundle): string {
  return `${beginning},"sent":${frames.pack(events).sent},"events":[${texts.join(',')}]}`
}

/** How every text of these frames begins, and no other. */
export function beginningOf(frames: Frames): string {
  const { heliobus, link } = frames.pack([])
  return JSON.stringify({ heliobus, link }).slice(0, -1)
}
