// Runs in the page: what of the panel can be seen there.

/** What is drawn of the stream. */
export interface Drawn {
  /** Rows that have an element with something in it. */
  readonly rows: number
  /** Rows that can be seen whole. */
  readonly seen: number
  /** Rows that the list has room for. */
  readonly screenful: number
  /** Rows that the list says it has. */
  readonly listed: number
  /** Number of the newest row that is drawn; -1 without one. */
  readonly newest: number
  readonly newestText: string
}

function root(): ShadowRoot | undefined {
  return document.querySelector('heliobus-devtools')?.shadowRoot ?? undefined
}

/** The grid of events; undefined while the panel is closed. */
function grid(): HTMLElement | undefined {
  return root()?.querySelector<HTMLElement>('[role=grid][aria-label=Events]') ?? undefined
}

function rowElements(): HTMLElement[] {
  return [...(grid()?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
}

/** How many rows the list says it has; 0 while the panel is closed. */
export function listed(): number {
  return Math.max(0, Number(grid()?.getAttribute('aria-rowcount') ?? 0) - 1) // without its header
}

/** Number of the newest row that is drawn; -1 without one. */
export function newest(): number {
  return rowElements().reduce((most, element) => Math.max(most, numberOf(element)), -1)
}

export function drawn(): Drawn {
  const elements = rowElements()
  const last = elements.find((element) => numberOf(element) === newest())
  const height = last?.offsetHeight ?? Number.NaN
  return {
    rows: elements.filter((element) => element.textContent !== '').length,
    seen: elements.filter(isSeen).length,
    screenful: Math.floor(((grid()?.clientHeight ?? 0) - headHeight()) / height),
    listed: listed(),
    newest: newest(),
    newestText: last?.textContent ?? '',
  }
}

export function isOpen(): boolean {
  return grid() !== undefined
}

/** Presses the button that empties the list. */
export function clear(): void {
  press('button[title="Clear the list"]')
}

/** Selects the newest event, which the inspector then shows. */
export function selectNewest(): void {
  const last = rowElements().find((element) => numberOf(element) === newest())
  last?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true, button: 0 }))
}

/** Writes into the field for filters, as a hand does. */
export function typeFilter(text: string): void {
  const field = root()?.querySelector<HTMLInputElement>('input[role=combobox]')
  if (field === undefined || field === null) throw new Error('there is no field for filters')
  field.focus()
  field.select()
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text)
}

function press(selector: string): void {
  const button = root()?.querySelector<HTMLButtonElement>(selector)
  if (button === undefined || button === null) throw new Error(`the panel has no ${selector}`)
  button.click()
}

function numberOf(element: HTMLElement): number {
  return Number(element.dataset['row'])
}

function headHeight(): number {
  return grid()?.querySelector<HTMLElement>('[role=row]')?.offsetHeight ?? 0
}

function isSeen(element: HTMLElement): boolean {
  const [own, around] = [element.getBoundingClientRect(), grid()!.getBoundingClientRect()]
  return own.height > 0 && own.top >= around.top + headHeight() - 1 && own.bottom <= around.bottom + 1
}
