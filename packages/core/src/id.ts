const LOW = 256
const HIGH = 2 ** 24
const HEX = Array.from({ length: LOW }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Makes ids; takes the epoch milliseconds that the id shall carry. */
export type NewId = (time: number) => string

/**
 * UUIDv7 (RFC 9562, section 5.7): 48 bits of time, 42 random bits drawn per millisecond, a 32-bit counter. Ids of one
 * maker strictly rise, also within a millisecond and when the clock steps back.
 *
 * All but the last byte is a text that up to 256 ids share, so an id costs one concatenation. Engines join such strings
 * when they are first read: an id that nobody reads is never formatted.
 */
export function createIds(randomUuid: () => string = () => crypto.randomUUID()): NewId {
  let latest = -1
  let random = ''
  let high = 0
  let low = LOW
  let head = ''

  const renew = (time: number): void => {
    const ms = Math.floor(time)
    if (ms > latest) {
      latest = ms
      random = randomUuid()
      high = Number.parseInt(random.slice(0, 5), 16) // somewhere in the lower 20 bits: far from the end
    } else if (++high === HIGH) {
      latest++ // the counter has come round: the next millisecond is lent, as section 6.2 allows
      high = 0
    }
    low = 0
    head = format(latest, random, high)
  }

  return (time) => {
    if (low === LOW || time > latest) renew(time)
    return head + HEX[low++]!
  }
}

function format(time: number, random: string, high: number): string {
  const ms = time.toString(16).padStart(12, '0')
  const counter = high.toString(16).padStart(6, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${random.slice(15, 18)}-${random.slice(19, 23)}-${random.slice(24, 28)}${counter}`
}
