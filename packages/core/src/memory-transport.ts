import { createFrames } from './frame.ts'
import type { Transport } from './transport.ts'

/** Takes a message as text, as a wire would bring it. */
type Receiver = (text: string) => void

/**
 * The reference transport: a mesh within one process. Every bus that is bridged to the same mesh hears the others. Messages
 * travel as JSON text and arrive in a microtask of their own, so nothing is shared and nothing is synchronous; for tests,
 * examples, and modules that shall meet only by messages.
 *
 * @example
 * const mesh = createMemoryMesh()
 * await bridge(one, mesh)
 * await bridge(other, mesh)
 */
export function createMemoryMesh(name: string = 'memory'): Transport {
  const receivers = new Set<Receiver>()

  function carry(text: string, from: Receiver): void {
    for (const receiver of receivers) {
      if (receiver === from) continue
      queueMicrotask(() => {
        if (receivers.has(receiver)) receiver(text)
      })
    }
  }

  return {
    name,
    traits: { ordered: true, durable: false, acknowledges: false, zone: 'process' },
    async open(port) {
      const frames = createFrames(port)
      const receiver: Receiver = (text) => frames.unpack(JSON.parse(text))
      receivers.add(receiver)
      return {
        send: (events) => {
          if (!receivers.has(receiver)) throw new Error('the link is closed')
          carry(JSON.stringify(frames.pack(events)), receiver)
        },
        close: async () => void receivers.delete(receiver),
      }
    },
  }
}
