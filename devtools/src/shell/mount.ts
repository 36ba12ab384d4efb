import type { WatchedBus } from '../panel/state/session.ts'
import { EarlySignals } from './early-signals.ts'
import { createHost } from './host.ts'
import { Launcher } from './launcher.ts'
import type { DevtoolsOptions } from './options.ts'
import type { Recording } from './recording.ts'

/**
 * Puts the devtools into the page, and records from now on. What they need is loaded by itself: recorder and lists at
 * once, the panel and React when it is opened first; when that fails, the launcher says why. Returns what takes all of
 * it away again and lets go of every event. Throws a `TypeError` when there is no bus.
 */
export function mountDevtools(
  buses: WatchedBus | readonly WatchedBus[],
  options: DevtoolsOptions = {},
): () => void {
  const watched = 'tap$' in buses ? [buses] : buses
  if (watched.length === 0) throw new TypeError('devtools need a bus to show')
  let isOver = false
  let isPressed = false
  let recording: Recording | undefined
  const press = (): void => {
    if (recording === undefined) isPressed = true
    else recording.toggle()
  }

  const signals = watched.map((bus) => new EarlySignals(bus))
  const host = createHost(options.target ?? document.documentElement, options.shadowMode ?? 'closed')
  const launcher = new Launcher(host.root, options.position ?? 'bottom-right', press)
  const begin = async (): Promise<void> => {
    const module = await import('./recording.ts')
    if (isOver) return
    recording = new module.Recording({ host, launcher, signals, options })
    if (isPressed || options.initialOpen === true) recording.toggle(isPressed)
  }
  begin().catch((error: unknown) => {
    for (const early of signals) early.close()
    launcher.fail(error)
  })

  return () => {
    isOver = true
    recording?.close()
    for (const early of signals) early.close()
    host.element.remove()
  }
}
