/** Wakes one who waits for something to happen. Rung while nobody waits, it wakes the next one at once. */
export class Bell {
  #isRung = false
  #wake: (() => void) | undefined = undefined

  ring(): void {
    if (this.#wake === undefined) this.#isRung = true
    else this.#wake()
    this.#wake = undefined
  }

  async heard(): Promise<void> {
    if (!this.#isRung) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#isRung = false
  }
}
