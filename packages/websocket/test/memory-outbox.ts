import type { KeptOutbox, Sender } from '../src/client/kept-outbox.ts'
import { type Letter, toLetter } from '../src/client/outbox.ts'

/** An outbox that keeps nothing but the order: for tests of what is around it. */
export function memoryOutbox(): KeptOutbox {
  return {
    name: crypto.randomUUID(),
    async open({ connect, refused }) {
      let next = 1
      const sender: Promise<Sender> = connect(crypto.randomUUID())
      const send = async (letters: readonly Letter[], first: number): Promise<void> => {
        const rejections = await (await sender).send(letters, first)
        for (const { index, reason } of rejections) refused(JSON.parse(letters[index]!.text), reason)
      }
      return {
        async keep(events) {
          const [letters, first] = [events.map(toLetter), next]
          next += letters.length
          void send(letters, first).catch(() => undefined) // closed
        },
        close: async () => (await sender).close(),
      }
    },
  }
}
