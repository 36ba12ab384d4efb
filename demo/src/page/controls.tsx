import { memo, type ReactNode } from 'react'
import type { Simulation } from '../simulation.ts'
import { count } from './numbers.ts'

interface Props {
  readonly simulation: Simulation
  readonly seed: number
  readonly isRunning: boolean
  readonly pace: number
  /** Called after each of them. */
  readonly onAct: () => void
}

const STEPS = 100 // of the slider, for each power of ten

export const Controls = memo(function Controls({
  simulation,
  seed,
  isRunning,
  pace,
  onAct,
}: Props): ReactNode {
  const doing = (act: () => void) => (): void => {
    act()
    onAct()
  }
  const setPace = (position: number): void => {
    simulation.rate = Math.round(10 ** (position / STEPS))
    onAct()
  }
  return (
    <section className="controls" aria-label="Simulation">
      <button
        type="button"
        className="main"
        onClick={doing(() => (isRunning ? simulation.stop() : simulation.start()))}
      >
        <span aria-hidden="true">{isRunning ? '❚❚' : '▶'}</span> {isRunning ? 'Stop' : 'Start'}
      </button>
      <label className="pace">
        <span>Rate</span>
        <input
          type="range"
          min={0}
          max={4 * STEPS}
          value={Math.round(Math.log10(pace) * STEPS)}
          aria-valuetext={`${count(pace)} events a second`}
          onChange={(event) => setPace(event.target.valueAsNumber)}
        />
        <output data-testid="pace">{count(pace)}/s</output>
      </label>
      <button type="button" onClick={doing(() => simulation.burst(200))}>
        Burst of 200
      </button>
      <button type="button" onClick={doing(() => simulation.storm())}>
        Storm now
      </button>
      <a className="button" href={location.href} target="_blank" rel="noreferrer">
        Open another tab
      </a>
      <p className="seed">
        seed <b>{seed}</b>
      </p>
    </section>
  )
})
