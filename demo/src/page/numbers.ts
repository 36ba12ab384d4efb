const whole = new Intl.NumberFormat('en')
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

export function count(value: number): string {
  return whole.format(value)
}

/** With a tenth where that says something. */
export function rate(perSecond: number): string {
  return perSecond < 100 ? tenths.format(perSecond) : whole.format(Math.round(perSecond))
}

export function timeOfDay(time: number): string {
  return clock.format(time)
}
