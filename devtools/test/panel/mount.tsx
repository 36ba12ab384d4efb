import { type Bus, createBus } from '@heliobus/core'
import { act, cleanup, render, type RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { onTestFinished } from 'vitest'
import { Panel } from '../../src/panel/state/panel.ts'
import { Session } from '../../src/panel/state/session.ts'
import { SettingsStore } from '../../src/panel/state/settings.ts'
import { PanelContext } from '../../src/panel/use-panel.ts'

export interface Mounted extends RenderResult {
  readonly panel: Panel
  readonly bus: Bus
  /** Draws a frame, `ms` (default a second) after the one before. */
  readonly frame: (ms?: number) => void
  /** `pace`: ms that pass with each look at the clock while rows are searched. 0 unless set: a search ends in its frame. */
  readonly search: { pace: number }
}

/** A part of the panel over a bus, drawn by hand: no frame comes unless `frame` is called. */
export function mountPanel(
  part: ReactNode,
  bus: Bus = createBus({ source: 'shop', logger: { log: () => {} } }),
): Mounted {
  let now = 0
  const search = { pace: 0 }
  let searched = 0
  let due: (() => void)[] = []
  const frames = {
    requestAnimationFrame: (draw: () => void): number => due.push(draw),
    cancelAnimationFrame: (): void => {
      due = []
    },
  }
  const panel = new Panel({
    sessions: [Session.ofBus(bus, () => Date.now(), { clock: () => (searched += search.pace) })],
    settings: new SettingsStore(undefined),
    frames,
    elapsed: () => now,
    commit: (draw) => act(draw),
  })
  const rendered = render(<PanelContext.Provider value={panel}>{part}</PanelContext.Provider>)
  panel.pulse.start()
  onTestFinished(() => {
    cleanup()
    panel.close()
  })
  const frame = (ms = 1_000): void => {
    now += ms
    const drawn = due
    due = []
    for (const draw of drawn) draw()
  }
  return { ...rendered, panel, bus, frame, search }
}
