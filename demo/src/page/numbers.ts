const whole = new Intl.NumberFormat('en')
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})
const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

export function count(value: number): string {
  return whole.format(value)
}

/** `3 letters`, `1 letter`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** ms, told in seconds. */
export function seconds(ms: number): string {
  return `${tenths.format(ms / 1_000)} s`
}

/** With a tenth where that says something. */
export function rate(perSecond: number): string {
  return perSecond < 100 ? tenths.format(perSecond) : whole.format(Math.round(perSecond))
}

export function timeOfDay(time: number): string {
  return clock.format(time)
}

/** With its day. */
export function moment(time: number): string {
  return day.format(time)
}
