/** An element that remembers what was written to it: the same again costs a comparison and no layout. */
export class Written {
  readonly element: HTMLElement
  readonly #last = new Map<string, string | undefined>()

  constructor(element: HTMLElement) {
    this.element = element
  }

  text(value: string): void {
    if (this.#isNew('text', value)) this.element.textContent = value
  }

  /** Without a value, there is no such attribute. */
  attribute(name: string, value: string | undefined): void {
    if (!this.#isNew(name, value)) return
    if (value === undefined) this.element.removeAttribute(name)
    else this.element.setAttribute(name, value)
  }

  /** A length in px. */
  length(name: 'top' | 'height', px: number): void {
    if (this.#isNew(name, String(px))) this.element.style[name] = `${px}px`
  }

  #isNew(name: string, value: string | undefined): boolean {
    if (this.#last.get(name) === value) return false
    this.#last.set(name, value)
    return true
  }
}
