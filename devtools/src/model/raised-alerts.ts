import type { Alert } from '@heliobus/core'

const KEPT = 100

/** The newest 100 alerts that a bus has raised. */
export class RaisedAlerts {
  #list: readonly Alert[] = []
  #count = 0

  /** Oldest first. */
  get list(): readonly Alert[] {
    return this.#list
  }

  /** How many there were, those that are not kept included. */
  get count(): number {
    return this.#count
  }

  add(alert: Alert): void {
    this.#list = [...this.#list, alert].slice(-KEPT)
    this.#count++
  }

  clear(): void {
    this.#list = []
    this.#count = 0
  }
}
