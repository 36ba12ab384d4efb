import { memo, type ReactNode } from 'react'
import type { Observatory } from '../observatory.ts'
import { searchFor } from '../settings.ts'
import type { Simulation } from '../simulation.ts'
import { MailSwitch } from './mail-switch.tsx'
import { count } from './numbers.ts'
import { useSimulation } from './use-simulation.ts'

type Props = Pick<Observatory, 'simulation' | 'settings' | 'mail'>

const STEPS = 100 // of the slider, for each power of ten
const BURST = 1_000

/** By how much faster time runs in the sky. */
const SPEEDS = [
  [60, '1 minute'],
  [3_600, '1 hour'],
  [21_600, '6 hours'],
  [86_400, '1 day'],
  [604_800, '1 week'],
] as const

export const Controls = memo(function Controls({ simulation, settings, mail }: Props): ReactNode {
  const { isRunning, rate, speed } = useSimulation(simulation)
  return (
    <section className="controls" aria-label="Simulation">
      <button type="button" className="main" onClick={isRunning ? simulation.stop : simulation.start}>
        <span aria-hidden="true">{isRunning ? '❚❚' : '▶'}</span> {isRunning ? 'Stop' : 'Start'}
      </button>
      <Rate rate={rate} onChange={simulation.set} />
      <label className="speed">
        <span>1 second is</span>
        <select value={speed} onChange={(event) => simulation.set({ speed: Number(event.target.value) })}>
          {SPEEDS.map(([times, name]) => (
            <option key={times} value={times}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => simulation.burst(BURST)}>
        Burst of {count(BURST)}
      </button>
      <button type="button" className="storm" onClick={simulation.storm}>
        Storm now
      </button>
      <MailSwitch mail={mail} />
      <a className="button" href={location.href} target="_blank" rel="noreferrer">
        Open another tab
      </a>
      <a className="seed" href={searchFor(settings)} title="An address that repeats this run">
        seed <b>{settings.seed}</b>
      </a>
    </section>
  )
})

interface RateProps {
  readonly rate: number
  readonly onChange: Simulation['set']
}

function Rate({ rate, onChange }: RateProps): ReactNode {
  return (
    <label className="pace">
      <span>Rate</span>
      <input
        type="range"
        min={0}
        max={4 * STEPS}
        value={Math.round(Math.log10(rate) * STEPS)}
        aria-valuetext={`${count(rate)} events a second`}
        onChange={(event) => onChange({ rate: Math.round(10 ** (event.target.valueAsNumber / STEPS)) })}
      />
      <output data-testid="pace">{count(rate)}/s</output>
    </label>
  )
}
