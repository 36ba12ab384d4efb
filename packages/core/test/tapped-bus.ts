import { createBus, exponential, type Retry, type Signal } from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { microtasks } from './microtasks.ts'
import { recordingLogger } from './recording-logger.ts'

/** Three attempts, the second after 100 ms, the third after another 200: no chance in it. */
export const plain: Retry = exponential({ attempts: 3, first: 100, factor: 2, random: () => 1 })

/** A bus in manual time whose signals and log are kept. `pass` lets so many ms go by, and what they set off happen. */
export function tappedBus(options: Parameters<typeof createBus>[0] = {}) {
  const clock = manualTime()
  const logger = recordingLogger('warn')
  const bus = createBus({ clock, logger, ...options })
  const signals: Signal[] = []
  bus.tap$.subscribe((signal) => signals.push(signal))
  const told = <T extends Signal['type']>(type: T) =>
    signals.filter((signal): signal is Extract<Signal, { type: T }> => signal.type === type)
  const pass = async (ms: number): Promise<void> => {
    await microtasks()
    clock.advance(ms)
    await microtasks()
  }
  return { clock, bus, logger, signals, told, pass }
}
