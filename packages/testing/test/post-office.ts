import type { Port, Traits, Transport, WireEvent } from '@heliobus/core'

/** A transport that keeps a letter until each other peer has taken it, and says so to the sender. */
export interface PostOffice {
  readonly traits: Traits
  peers(): [Transport, Transport, Transport]
}

export function createPostOffice(): PostOffice {
  const traits: Traits = { ordered: true, durable: true, acknowledges: true, zone: 'process' }
  const letters: { readonly from: object; readonly text: string }[] = []
  const offices = new Set<() => void>()

  function peer(): Transport {
    const self = {}
    let taken = 0
    return {
      name: 'post office',
      traits,
      async open(port) {
        const take = (): void => {
          for (; taken < letters.length; taken++) deliver(letters[taken]!, self, port)
        }
        offices.add(take)
        queueMicrotask(take)
        return {
          async send(events) {
            if (!offices.has(take)) throw new Error('the link is closed')
            for (const event of events) letters.push({ from: self, text: JSON.stringify(event) })
            for (const office of offices) queueMicrotask(office)
          },
          close: async () => void offices.delete(take),
        }
      },
    }
  }

  function deliver({ from, text }: (typeof letters)[number], self: object, port: Port): void {
    if (from !== self) void port.receive(JSON.parse(text) as WireEvent)
  }

  return { traits, peers: () => [peer(), peer(), peer()] }
}
