/** Measured values of one thing, a value a round. */
export interface Series {
  readonly name: string
  readonly values: readonly number[]
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Round by round, since what disturbs a round disturbs both sides. */
export function combine(a: Series, b: Series, formula: (a: number, b: number) => number): Series {
  return { name: a.name, values: a.values.map((value, round) => formula(value, b.values[round]!)) }
}

export function ratio(upper: Series, lower: Series): Series {
  return combine(upper, lower, (a, b) => a / b)
}

export function difference(upper: Series, lower: Series): Series {
  return combine(upper, lower, (a, b) => a - b)
}

/** A limit that was set on a machine where the floor took `reference`: where it takes longer, so may others. */
export function scaled(limit: number, reference: number, floor: Series): number {
  return limit * Math.max(1, median(floor.values) / reference)
}

/** Three digits that matter. */
export function brief(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))
  return value.toLocaleString('en', { maximumFractionDigits: Math.min(digits, 3) })
}

export function spread(values: readonly number[]): string {
  return `${brief(quantile(values, 0.1))}–${brief(quantile(values, 0.9))}`
}

/** The series of that name. */
export function find(series: readonly Series[], { name }: { readonly name: string }): Series {
  const found = series.find((one) => one.name === name)
  if (found === undefined) throw new Error(`${name} was not measured`)
  return found
}

export function byCost(series: readonly Series[]): Series[] {
  return series.toSorted((a, b) => median(a.values) - median(b.values))
}
