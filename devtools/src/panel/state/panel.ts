import { Listeners } from './listeners.ts'
import { Pulse, type PulseOptions } from './pulse.ts'
import type { Session } from './session.ts'
import { SettingsStore } from './settings.ts'

/** The views over one selection, range and filter; each has its key for good. */
export const panelViews = [
  { id: 'stream', title: 'Stream', key: '1' },
  { id: 'trace', title: 'Trace', key: '2' },
  { id: 'topics', title: 'Topics', key: '4' },
  { id: 'letters', title: 'Dead letters', key: '5' },
  { id: 'links', title: 'Links', key: '7' },
  { id: 'groups', title: 'Groups', key: '8' },
] as const

export type PanelViewId = (typeof panelViews)[number]['id']

/** What lies over everything else; one at a time. */
export type Overlay = 'palette' | 'help' | undefined

/** Places that the keyboard can be sent to. */
export type Place = 'filter' | 'list' | 'topics' | 'inspector'

/** What a panel that is too narrow for all of it shows, and what else has places for the keyboard. */
export type Column = Exclude<Place, 'filter'>

/** What the shell around a panel can do; a panel that stands in the page by itself has none of it. */
export interface Shell {
  readonly isPoppedOut: boolean
  /** Moves into a window of its own, or back. Answers with why it can't. */
  readonly togglePopOut: () => string | undefined
  readonly close: () => void
}

/** Saves what is looked at as a file, and opens such files. */
export interface Files {
  /** With values under names like password, token and secret masked, unless `isBare`. */
  readonly save: (isBare: boolean) => void
  /** Asks which. Call it from a click or a key, or the browser will refuse. */
  readonly open: () => void
}

export interface PanelOptions extends Omit<PulseOptions, 'mark'> {
  readonly sessions: readonly Session[]
  readonly settings?: SettingsStore
}

/** The panel's own state, outside React: it survives a panel that fails, moves to another window, or is closed. */
export class Panel {
  readonly settings: SettingsStore
  readonly pulse: Pulse
  /** Set while a shell holds the panel. */
  shell: Shell | undefined = undefined
  readonly #listeners = new Listeners()
  readonly #places = new Map<Place, () => void>()
  #sessions: readonly Session[]
  #session: Session
  #view: PanelViewId = 'stream'
  #follows = true
  #overlay: Overlay = undefined
  #files: Files | undefined = undefined
  #tab = 'payload'
  #message = ''
  #column: Column = 'list'

  constructor({ sessions, settings, ...pulse }: PanelOptions) {
    const [first] = sessions
    if (first === undefined) throw new TypeError('a panel needs a bus to show')
    this.settings = settings ?? new SettingsStore(undefined)
    this.#sessions = sessions
    this.#session = first
    this.pulse = new Pulse({ ...pulse, mark: () => this.#session.mark })
    for (const session of sessions) session.listen(() => this.pulse.touch())
  }

  get sessions(): readonly Session[] {
    return this.#sessions
  }

  /** The one that is looked at. */
  get session(): Session {
    return this.#session
  }

  get view(): PanelViewId {
    return this.#view
  }

  /** True while the list stays at its newest row. */
  get follows(): boolean {
    return this.#follows
  }

  get overlay(): Overlay {
    return this.#overlay
  }

  /** What the inspector shows of the selected event: the id of one of its tabs. */
  get tab(): string {
    return this.#tab
  }

  /** The part that is shown where there is no room for all of them. */
  get column(): Column {
    return this.#column
  }

  /** What there is to tell the developer, until the next; '' for nothing. */
  get message(): string {
    return this.#message
  }

  /** There while the panel is on a screen. */
  get files(): Files | undefined {
    return this.#files
  }

  /** Calls `listener` when anything above changes, until the returned function is called. */
  readonly listen = (listener: () => void): (() => void) => this.#listeners.add(listener)

  look(session: Session): void {
    this.#session = session
    this.#changed()
  }

  /** Adds a session (a recording that was read) and looks at it. */
  add(session: Session): void {
    this.#sessions = [...this.#sessions, session]
    session.listen(() => this.pulse.touch())
    this.look(session)
  }

  /** Takes a recording away; buses stay. */
  remove(session: Session): void {
    if (session.bus !== undefined) return
    session.close()
    this.#sessions = this.#sessions.filter((one) => one !== session)
    if (this.#session === session) this.#session = this.#sessions[0]!
    this.#changed()
  }

  show(view: PanelViewId): void {
    this.#view = view
    this.turn('list')
  }

  turn(column: Column): void {
    this.#column = column
    this.#changed()
  }

  follow(on: boolean): void {
    this.#follows = on
    this.#changed()
  }

  open(overlay: Overlay): void {
    this.#overlay = overlay
    this.#changed()
  }

  /** Shows a tab of the inspector, and the inspector if it was closed. */
  inspect(tab: string): void {
    this.#tab = tab
    if (!this.settings.get().inspectorOpen) this.settings.set({ inspectorOpen: true })
    this.turn('inspector')
  }

  tell(message: string): void {
    this.#message = message
    this.#changed()
  }

  /** Names who takes the keyboard at a place, until the returned function is called. */
  place(name: Place, focus: () => void): () => void {
    this.#places.set(name, focus)
    return () => {
      if (this.#places.get(name) === focus) this.#places.delete(name)
    }
  }

  /** Sends the keyboard there, and shows the place first where only one of them has room. */
  go(name: Place): void {
    if (name !== 'filter') this.turn(name)
    this.#places.get(name)?.()
  }

  /** Names who has to do with files, until the returned function is called. */
  offer(files: Files): () => void {
    this.#files = files
    return () => {
      if (this.#files === files) this.#files = undefined
    }
  }

  /** Stops drawing and lets go of every event. */
  close(): void {
    this.pulse.stop()
    for (const session of this.#sessions) session.close()
  }

  #changed(): void {
    this.pulse.touch()
    this.#listeners.tell()
  }
}
