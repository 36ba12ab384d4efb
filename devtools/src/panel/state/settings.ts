import { Listeners } from './listeners.ts'

/** What a developer likes, kept from one visit to the next. Lengths in px. */
export interface Settings {
  readonly theme: 'system' | 'dark' | 'light'
  readonly dock: 'bottom' | 'right'
  /** Of the panel at the bottom. */
  readonly height: number
  /** Of the panel at the right. */
  readonly width: number
  readonly rows: 'compact' | 'comfortable' | 'roomy'
  /** What the time column says: time of day, time since the first event, time since the row before. */
  readonly time: 'clock' | 'session' | 'delta'
  readonly topicsWidth: number
  readonly inspectorWidth: number
  readonly topicsOpen: boolean
  readonly inspectorOpen: boolean
}

export const defaultSettings: Settings = {
  theme: 'system',
  dock: 'bottom',
  height: 380,
  width: 480,
  rows: 'compact',
  time: 'clock',
  topicsWidth: 220,
  inspectorWidth: 360,
  topicsOpen: true,
  inspectorOpen: true,
}

/** What settings are kept in; a page's `localStorage` is one. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'heliobus-devtools'

const choices: { readonly [Name in keyof Settings]?: readonly unknown[] } = {
  theme: ['system', 'dark', 'light'],
  dock: ['bottom', 'right'],
  rows: ['compact', 'comfortable', 'roomy'],
  time: ['clock', 'session', 'delta'],
}

/** Settings that last when the page lets them, and as long as the panel when it doesn't. */
export class SettingsStore {
  readonly #storage: SettingsStorage | undefined
  readonly #listeners = new Listeners()
  #settings: Settings

  /** `initial` gives way to what was kept before. */
  constructor(storage: SettingsStorage | undefined, initial: Partial<Settings> = {}) {
    this.#storage = storage
    this.#settings = { ...defaultSettings, ...initial, ...kept(storage) }
  }

  readonly get = (): Settings => this.#settings

  readonly listen = (listener: () => void): (() => void) => this.#listeners.add(listener)

  set(changes: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...changes }
    this.#keep()
    this.#listeners.tell()
  }

  #keep(): void {
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.#settings))
    } catch {
      // A page may forbid storage, or have filled it: the settings last as long as the panel then.
    }
  }
}

/** The page's storage; `undefined` where asking for it is an error, as in a sandboxed frame. */
export function pageStorage(): SettingsStorage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

/** What was kept, as far as it is still valid: anybody may have written there. */
function kept(storage: SettingsStorage | undefined): Partial<Settings> {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([name, setting]) => isValid(name, setting)))
  } catch {
    return {}
  }
}

function isValid(name: string, value: unknown): boolean {
  if (!Object.hasOwn(defaultSettings, name)) return false
  const standard: unknown = Reflect.get(defaultSettings, name)
  const allowed: unknown = Reflect.get(choices, name)
  if (Array.isArray(allowed)) return allowed.includes(value)
  return typeof value === typeof standard && (typeof value !== 'number' || (value > 0 && value < 10_000))
}
