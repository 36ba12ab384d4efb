import type { Panel } from '../panel/state/panel.ts'
import { createPanel } from './create-panel.ts'
import type { EarlySignals } from './early-signals.ts'
import { onHotkey } from './hotkey.ts'
import type { Mounted } from './mounted.ts'
import type { Stage } from './stage.ts'
import { stayOnTop } from './top-layer.ts'
import { keepOwnEvents } from './wall.ts'

const COUNTS_EVERY = 1_000 // ms

/**
 * Records the buses while there is no panel to see, and loads one when it is asked for. The constructor throws a
 * `TypeError` when the hotkey is none.
 */
export class Recording {
  readonly #mounted: Mounted
  readonly #panel: Panel
  readonly #leaveTop: () => void
  readonly #forgetHotkey: () => void
  readonly #timer: ReturnType<typeof setInterval>
  #stage: Stage | undefined = undefined
  #wantsOpen = false
  #isOver = false

  constructor(mounted: Mounted) {
    const { host, launcher, signals, options } = mounted
    this.#mounted = mounted
    this.#forgetHotkey = onHotkey(window, options.hotkey, () => this.toggle()) // first: it may throw
    this.#panel = createPanel(
      signals.map(({ bus }) => bus),
      { ...options, commit: (draw) => this.#stage?.draw(draw) },
    )
    takeOver(this.#panel, signals)
    keepOwnEvents(host.element)
    this.#leaveTop = stayOnTop(host.element)
    this.#timer = setInterval(() => launcher.count(failuresOf(this.#panel)), COUNTS_EVERY)
  }

  /** Opens the panel or closes it. `takesFocus` is false when nobody asked for it just now. */
  toggle(takesFocus = true): void {
    if (this.#stage !== undefined) return this.#stage.toggle(takesFocus)
    this.#wantsOpen = !this.#wantsOpen
    if (this.#wantsOpen) this.#load(takesFocus).catch((error: unknown) => this.#mounted.launcher.fail(error))
  }

  /** Takes the panel away and lets go of every event. */
  close(): void {
    this.#isOver = true
    clearInterval(this.#timer)
    this.#leaveTop()
    this.#forgetHotkey()
    this.#stage?.close()
    this.#panel.close()
  }

  async #load(takesFocus: boolean): Promise<void> {
    const { Stage } = await import('./stage.ts')
    if (this.#isOver || !this.#wantsOpen || this.#stage !== undefined) return
    this.#stage = new Stage(this.#panel, this.#mounted)
    this.#stage.toggle(takesFocus)
  }
}

function takeOver(panel: Panel, signals: readonly EarlySignals[]): void {
  const missed = signals.reduce(
    (sum, early, index) => sum + early.handOver(panel.sessions[index]!.recorder),
    0,
  )
  if (missed > 0)
    panel.tell(
      `${missed} signals came while the devtools were being loaded and had no place: they are not counted`,
    )
}

function failuresOf({ sessions }: Panel): number {
  return sessions.reduce((sum, { recorder }) => sum + recorder.statistics.all.failures, 0)
}
