import { BusError, type Clock } from '@heliobus/core'

interface Guest {
  readonly isReady: () => boolean
  readonly leave: (error?: BusError) => void
}

/** Those who wait until enough has been read. */
export class WaitingRoom {
  readonly #clock: Clock
  readonly #patience: number
  readonly #guests = new Set<Guest>()

  /** `patience`: how long each waits, in ms. */
  constructor(clock: Clock, patience: number) {
    this.#clock = clock
    this.#patience = patience
  }

  /** Resolves when it is so; rejects with `redis-unreachable` when that takes too long. */
  wait(isReady: () => boolean): Promise<void> {
    if (isReady()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const leave = (error?: BusError): void => {
        this.#clock.clearTimeout(timer)
        this.#guests.delete(guest)
        if (error === undefined) resolve()
        else reject(error)
      }
      const timer = this.#clock.setTimeout(() => leave(new BusError('redis-unreachable', {})), this.#patience)
      const guest = { isReady, leave }
      this.#guests.add(guest)
    })
  }

  /** More has been read. */
  call(): void {
    for (const { isReady, leave } of this.#guests) if (isReady()) leave()
  }

  close(): void {
    for (const { leave } of this.#guests) leave(new BusError('redis-closed', {}))
  }
}
