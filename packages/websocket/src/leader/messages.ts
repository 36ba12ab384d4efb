import type { Place } from '../protocol/frames.ts'

/** What tabs tell each other. */
export type TabMessage =
  /** A tab that is there, and what it wants. */
  | {
      readonly type: 'here'
      readonly tab: string
      readonly patterns: readonly string[]
      readonly place: Place | undefined
    }
  /** Each tab shall say that it is there, and the leader how it is. */
  | { readonly type: 'who' }
  /** How the leader's connection is. */
  | { readonly type: 'status'; readonly status: 'open' | 'lost'; readonly place: Place | undefined }
  /** What the leader has received from one place to the next. */
  | {
      readonly type: 'events'
      readonly after: Place | undefined
      readonly place: Place
      readonly events: readonly unknown[]
    }
  | { readonly type: 'gap'; readonly reason: string; readonly missing: number | undefined }

/** Part of the channel's name: tabs that speak another version don't hear these. */
const VERSION = 'heliobus tabs 1'

const types: ReadonlySet<unknown> = new Set(['here', 'who', 'status', 'events', 'gap'])

/** The channel of the tabs that share a connection. */
export class TabChannel {
  readonly #channel: BroadcastChannel
  #isClosed = false

  constructor(name: string, heard: (message: TabMessage) => void) {
    this.#channel = new BroadcastChannel(`${VERSION} ${name}`)
    this.#channel.addEventListener('message', ({ data }) => {
      if (isMessage(data)) heard(data)
    })
  }

  post(message: TabMessage): void {
    if (!this.#isClosed) this.#channel.postMessage(message)
  }

  close(): void {
    this.#isClosed = true
    this.#channel.close()
  }
}

function isMessage(data: unknown): data is TabMessage {
  return typeof data === 'object' && data !== null && types.has(Reflect.get(data, 'type'))
}
