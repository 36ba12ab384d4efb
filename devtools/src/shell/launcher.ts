import type { LauncherPosition } from './options.ts'

const svg = 'http://www.w3.org/2000/svg'
const NAME = 'Heliobus devtools'

/** The button in the corner. Plain DOM: it is all that a page loads at first. */
export class Launcher {
  readonly #button: HTMLButtonElement
  readonly #count: HTMLSpanElement

  constructor(root: ShadowRoot, position: LauncherPosition, press: () => void) {
    const { ownerDocument: document } = root
    this.#button = document.createElement('button')
    this.#button.type = 'button'
    this.#button.className = 'launcher'
    this.#button.dataset['at'] = position
    this.#count = document.createElement('span')
    this.#button.append(wave(document), this.#count)
    this.#button.addEventListener('click', press)
    this.#name(NAME)
    root.append(this.#button)
  }

  /** Gone while the panel stands in the page, which has a way to close of its own. */
  show(isShown: boolean): void {
    this.#button.hidden = !isShown
  }

  focus(): void {
    this.#button.focus({ preventScroll: true })
  }

  /** How many handlers have failed. */
  count(failures: number): void {
    const text = failures === 0 ? '' : `✕ ${failures > 999 ? '999+' : failures}`
    if (this.#count.textContent === text) return
    this.#count.textContent = text
    this.#name(failures === 0 ? NAME : `${NAME}: ${failures} failed`)
  }

  /** Says why there is no panel. */
  fail(reason: unknown): void {
    this.#count.textContent = '✕'
    this.#name(`${NAME} could not be opened: ${String(reason)}`)
  }

  #name(name: string): void {
    this.#button.title = name
    this.#button.ariaLabel = name
  }
}

function wave(document: Document): SVGElement {
  const picture = document.createElementNS(svg, 'svg')
  const path = document.createElementNS(svg, 'path')
  const attributes = {
    width: 16,
    height: 16,
    viewBox: '0 0 16 16',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.5,
    'stroke-linejoin': 'round',
  }
  for (const [name, value] of Object.entries(attributes)) picture.setAttribute(name, String(value))
  path.setAttribute('d', 'M1 8h3l2-5 4 10 2-5h3')
  picture.append(path)
  return picture
}
