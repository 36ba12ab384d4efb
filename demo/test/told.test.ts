import { expect, test } from '@playwright/test'
import type { Link, Outcome, Port, Transport } from '@heliobus/core'
import { createRecordingPort } from '@heliobus/testing'
import { enteringAccepted } from '../server/services/accepted.ts'
import { Tally } from '../server/services/books.ts'
import { tellingSettled } from '../server/services/settled.ts'

type Telling = typeof tellingSettled

/** What would be wrong: whoever is killed at the wrong moment has handled an event of which nobody is told. */
const tellingWithoutWaiting: Telling = (transport, tell) =>
  tellingSettled(transport, async (id) => void tell(id))

const settled: Outcome = { handled: 1, failed: [] }
const failure = { handler: 'send', attempts: 3, error: new Error('down') }

/** A transport that the test is the other side of. */
function otherSide(link: Partial<Link> = {}): { readonly transport: Transport; readonly port: () => Port } {
  let port: Port | undefined
  return {
    port: () => port!,
    transport: {
      name: 'other side',
      traits: { ordered: true, durable: true, acknowledges: true, zone: 'network' },
      async open(opened) {
        port = opened
        return { send: async () => undefined, close: async () => undefined, ...link }
      },
    },
  }
}

/** What happens, in its order, when an event is received whose handlers end so. */
async function receive(telling: Telling, outcome: Outcome): Promise<string[]> {
  const happened: string[] = []
  const { transport, port } = otherSide()
  let tellNow: () => void = () => undefined
  const mayTell = new Promise<void>((resolve) => (tellNow = resolve))
  const decorated = telling(transport, async (id) => {
    await mayTell
    happened.push(`told of ${id}`)
  })
  await decorated.open({ ...createRecordingPort(), receive: async () => outcome })
  const acknowledged = Promise.resolve(port().receive({ id: 'a' })).then(() => happened.push('acknowledged'))
  await new Promise((resolve) => setImmediate(resolve)) // whatever does not wait has happened by now
  tellNow()
  await acknowledged
  return happened
}

test('what is handled is told before it is acknowledged', async () => {
  expect(await receive(tellingSettled, settled)).toEqual(['told of a', 'acknowledged'])
  expect(await receive(tellingWithoutWaiting, settled)).toEqual(['acknowledged', 'told of a'])
})

for (const [what, outcome, isHandled] of [
  ['that nobody here wants', { handled: 0, failed: [] }, true],
  ['whose handler had something newer', { handled: 0, failed: [{ ...failure, reason: 'superseded' }] }, true],
  ['whose handler gave up', { handled: 0, failed: [failure] }, false],
  ['whose handler was taken away', { handled: 0, failed: [{ ...failure, reason: 'unsubscribed' }] }, false],
  ['that was refused', { handled: 0, failed: [], refused: 'payload-invalid' }, false],
] as const satisfies readonly (readonly [string, Outcome, boolean])[])
  test(`an event ${what} is ${isHandled ? '' : 'not '}handled`, async () => {
    expect(await receive(tellingSettled, outcome)).toEqual([
      ...(isHandled ? ['told of a'] : []),
      'acknowledged',
    ])
  })

test('accepted is what the other side has answered for, and what comes from there, each once', async () => {
  const accepted = new Tally()
  const answers = [[{ index: 1, reason: 'too large' }], new Error('lost'), undefined]
  const { transport, port } = otherSide({
    async send() {
      expect(accepted.once).toBeLessThan(3) // not before the answer
      const answer = answers.shift()
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  const link = await enteringAccepted(transport, accepted).open(createRecordingPort())
  const events = ['a', 'b', 'c'].map((id) => ({ id })) as unknown as Parameters<typeof link.send>[0]
  await link.send(events)
  expect(accepted.once).toBe(2)
  await expect(link.send(events)).rejects.toThrow('lost')
  expect(accepted.once).toBe(2)
  await port().receive({ id: 'd' })
  await port().receive({ id: 'd' })
  expect(accepted.once).toBe(3)
  expect(accepted.again).toBe(1)
})
