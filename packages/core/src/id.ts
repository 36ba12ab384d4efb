const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const COUNTERS = 2 ** 32

/** Makes ids; takes the epoch milliseconds that the id shall carry. */
export type NewId = (time: number) => string

/**
 * UUIDv7 (RFC 9562, section 5.7): 48 bits of time, 42 random bits drawn per millisecond, a 32-bit counter. Ids of one
 * maker strictly rise, also within a millisecond and when the clock steps back.
 *
 * All but the last byte is a text shared by up to 256 ids, so an id costs one concatenation. Engines join such strings
 * when they are first read: an id that nobody reads is never formatted.
 */
export function createIds(randomUuid: () => string = () => crypto.randomUUID()): NewId {
  let latest = -1
  let random = randomUuid()
  let counter = Number.parseInt(random.slice(0, 7), 16) // starts anywhere in the lower 28 bits: far from the end
  let head = ''

  return (time) => {
    if (time > latest) {
      latest = time
      random = randomUuid()
      head = format(latest, random, counter)
    } else if ((counter & 0xff) === 0) {
      if (counter === 0) latest++ // the counter has come round: the next millisecond is lent, as section 6.2 allows
      head = format(latest, random, counter)
    }
    const id = head + HEX[counter & 0xff]!
    counter = (counter + 1) % COUNTERS
    return id
  }
}

function format(time: number, random: string, counter: number): string {
  const ms = Math.floor(time).toString(16).padStart(12, '0')
  const high = (counter >>> 8).toString(16).padStart(6, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${random.slice(15, 18)}-${random.slice(19, 23)}-${random.slice(24, 28)}${high}`
}
