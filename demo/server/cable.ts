import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** The cable between the pages and the hub: passes on bytes, and can be cut. */
export interface Cable {
  readonly isCut: boolean
  /** Ends every connection without a word, and lets none through until it is mended. */
  cut(): void
  mend(): void
  /** Leads a page's connection on to the hub; for the `upgrade` event of an HTTP server. */
  carry(request: IncomingMessage, page: Duplex, head: Buffer): void
}

/** A cable to `port` of the loopback address. */
export function layCable(port: number): Cable {
  const ends = new Set<Duplex>()
  let isCut = false
  const hubFor = (request: IncomingMessage, head: Buffer): Duplex => {
    const hub = connect(port, '127.0.0.1').setNoDelay()
    hub.write(headOf(request))
    hub.write(head)
    return hub
  }
  return {
    get isCut() {
      return isCut
    },
    cut() {
      isCut = true
      for (const end of ends) end.destroy()
    },
    mend: () => void (isCut = false),
    carry(request, page, head) {
      if (isCut) page.destroy()
      else join(page, hubFor(request, head), ends)
    },
  }
}

/** What the HTTP server has read already, as it came. */
function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.map((text, index) => (index % 2 === 0 ? `\r\n${text}: ` : text))
  return `${method} ${url} HTTP/1.1${lines.join('')}\r\n\r\n`
}

/** What comes in at one end goes out at the other; when one ends, the other does. */
function join(one: Duplex, other: Duplex, ends: Set<Duplex>): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    ends.add(from)
    from.pipe(to)
    from.on('error', () => to.destroy())
    from.on('close', () => {
      ends.delete(from)
      to.end()
    })
  }
}
