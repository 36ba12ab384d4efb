/** What the address of the page asks for. */
export interface Settings {
  readonly seed: number
  /** The date that the sky begins with, epoch ms. */
  readonly start: number
  readonly paused: boolean
  /** Whether the devtools are open from the start; `undefined` leaves that to the page's width. */
  readonly devtools: boolean | undefined
}

const SEEDED = Date.UTC(2026, 0, 1)

/**
 * `?seed=7` repeats a run, from 2026 on or from `?date=2030-05-01`; else it is today. `?paused` starts still, `?devtools=open`
 * and `?devtools=closed` say how the devtools begin.
 */
export function readSettings(search: string): Settings {
  const parameters = new URLSearchParams(search)
  const seed = Number.parseInt(parameters.get('seed') ?? '', 10)
  const date = Date.parse(parameters.get('date') ?? '')
  const isSeeded = !Number.isNaN(seed)
  return {
    seed: isSeeded ? seed : Math.floor(Math.random() * 10_000),
    start: Number.isNaN(date) ? (isSeeded ? SEEDED : today()) : date,
    paused: parameters.has('paused'),
    devtools: parameters.has('devtools') ? parameters.get('devtools') === 'open' : undefined,
  }
}

/** Whole minutes, so that an address can carry it. */
function today(): number {
  return Date.now() - (Date.now() % 60_000)
}

/** An address that repeats this run. */
export function searchFor({ seed, start }: Settings): string {
  return `?seed=${seed}&date=${new Date(start).toISOString().slice(0, 16)}Z`
}
