import type { Clock, ConsumerGroup, GroupAction, GroupShard } from '@heliobus/core'
import { isObject } from '../protocol/fields.ts'
import { groupOf, keysOf, letterOf } from '../tap-wire/group-writer.ts'
import { type Payloads, reasonOf } from './payloads.ts'

/** Letters of a page. */
const PAGE = 50
/** Keys that are told of. */
const KEYS = 100
/** How long a viewer waits for the status, in ms. */
const PATIENCE = 2_000
const UNKNOWN = 'it is no longer among the dead letters'

export interface WatchedGroupOptions {
  readonly clock: Clock
  readonly payloads: Payloads
  /** ms for which what is known of it counts as new. */
  readonly statusEvery: number
}

/** A group that is shown to viewers. All but `letters` and what acts is the same for all of them. */
export class WatchedGroup {
  readonly #group: ConsumerGroup
  readonly #options: WatchedGroupOptions
  #askedAt = Number.NEGATIVE_INFINITY
  #isAsking = false
  #status: Promise<object> = Promise.resolve({})

  constructor(group: ConsumerGroup, options: WatchedGroupOptions) {
    this.#group = group
    this.#options = options
  }

  /** Asks the store, unless it was asked a moment ago. Never rejects. */
  status(): Promise<object> {
    const { clock, statusEvery } = this.#options
    const now = clock.elapsed()
    if (!this.#isAsking && now - this.#askedAt >= statusEvery) {
      this.#askedAt = now
      this.#status = this.#ask()
    }
    return this.#soon(this.#status)
  }

  async letters(after: string | undefined): Promise<object> {
    const filter = { limit: PAGE, ...(after !== undefined && { after }) }
    const letters = await this.#group.deadLetters.list(filter)
    return { letters: letters.map(letterOf), more: letters.length >= PAGE }
  }

  async payload(id: string): Promise<object> {
    const event = (await this.#group.deadLetters.peek(id))?.letter.event
    if (event === undefined) return { missing: UNKNOWN }
    if (!isObject(event)) return { missing: 'what came is no event' }
    const type: unknown = Reflect.get(event, 'type')
    return this.#options.payloads.of({
      type: typeof type === 'string' ? type : '',
      data: Reflect.get(event, 'data') as unknown,
    })
  }

  async parked(): Promise<object> {
    return keysOf(await this.#group.parked.list(), KEYS)
  }

  /** Does it with one letter or key. False when that was gone. */
  async act(action: GroupAction, which: string): Promise<boolean> {
    const { deadLetters, parked } = this.#group
    if (action === 'redrive' || action === 'discard') return isKnown(() => deadLetters[action](which))
    return parked.release(which, { skipFirst: action === 'skip' })
  }

  /** Who asks about other groups, too, is not held up by this one. */
  #soon(status: Promise<object>): Promise<object> {
    const { clock } = this.#options
    let timer: unknown
    const late = new Promise<object>((resolve) => {
      timer = clock.setTimeout(() => resolve(groupOf(this.#group, 'it does not answer', 0)), PATIENCE)
    })
    return Promise.race([status, late]).finally(() => clock.clearTimeout(timer))
  }

  async #ask(): Promise<object> {
    this.#isAsking = true
    const found = await this.#inspect()
    this.#isAsking = false
    return groupOf(this.#group, found, this.#options.clock.now())
  }

  async #inspect(): Promise<readonly GroupShard[] | string> {
    try {
      return await this.#group.inspect()
    } catch (error) {
      return reasonOf(error)
    }
  }
}

async function isKnown(act: () => Promise<number>): Promise<boolean> {
  try {
    return (await act()) > 0
  } catch (error) {
    if (isObject(error) && Reflect.get(error, 'code') === 'letter-unknown') return false
    throw error
  }
}
