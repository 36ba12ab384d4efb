const grouped = new Intl.NumberFormat('en-US') // made once: that is what costs

/** A count with separators: `12,345`. */
export function wholeNumber(value: number): string {
  return grouped.format(Math.round(value))
}

/** A rate a second: `4,210/s`, `0.4/s`. */
export function perSecond(rate: number): string {
  return `${rate > 0 && rate < 10 ? rate.toFixed(1) : wholeNumber(rate)}/s`
}

/** A duration of ms: `0.04 ms`, `1.8 ms`, `120 ms`, `2.4 s`, `3.1 min`. */
export function duration(ms: number): string {
  if (ms >= 60_000) return `${(ms / 60_000).toFixed(1)} min`
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(ms >= 10_000 ? 0 : 1)} s`
  if (ms < 0.01) return ms > 0 ? '<0.01 ms' : '0 ms'
  return `${ms >= 100 ? ms.toFixed(0) : ms >= 1 ? ms.toFixed(1) : ms.toFixed(2)} ms`
}

/** A size of bytes: `120 B`, `1.4 kB`, `5.0 MB`. */
export function byteSize(bytes: number): string {
  if (bytes < 1_000) return `${Math.round(bytes)} B`
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** Time of day with ms, of epoch ms: `12:04:31.023`. In the zone of the reader. */
export function clockTime(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  const ms = String(date.getMilliseconds()).padStart(3, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`
}

/** A span of ms after something: `+0.004`, `+12.431`, `+3:07.120`. In seconds, then minutes. */
export function timeSpan(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000
  if (seconds < 60) return `+${seconds.toFixed(3)}`
  return `+${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(3).padStart(6, '0')}`
}
