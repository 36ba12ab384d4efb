/** What the address of the page asks for. */
export interface Settings {
  readonly seed: number
  readonly paused: boolean
}

/** `?seed=7` repeats a run, `?paused` starts still. */
export function readSettings(search: string): Settings {
  const parameters = new URLSearchParams(search)
  const seed = Number.parseInt(parameters.get('seed') ?? '', 10)
  return {
    seed: Number.isNaN(seed) ? Math.floor(Math.random() * 10_000) : seed,
    paused: parameters.has('paused'),
  }
}
