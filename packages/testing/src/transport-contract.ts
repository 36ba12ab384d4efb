import type { Traits, Transport } from '@heliobus/core'
import { equal, rejects } from './check.ts'
import type { ContractCase, ContractSubject } from './contract.ts'
import { Mesh, type Peer } from './mesh.ts'
import { idsOf, malformedEvents, member, sampleEvent, sampleEvents } from './sample-events.ts'

/** A transport that is put to the test. */
export interface TransportSubject extends ContractSubject {
  readonly traits: Traits
  /**
   * Three transports whose links hear each other and nobody else: other ones with every call. A transport that is one
   * object for all its users gives it three times.
   */
  peers(): Promise<readonly [Transport, Transport, Transport]>
  /** How long to wait for what must arrive, in ms. Default 10,000. */
  readonly deadline?: number
}

/** What every transport must do. */
export const transportContract: readonly ContractCase<TransportSubject>[] = [
  inMesh(
    'an event reaches every other peer unchanged, and does not come back',
    async (mesh, [one, other, third]) => {
      const event = sampleEvent({ text: 'hello', list: [1, 2.5, null, true], nested: { deep: { er: [] } } })
      await one.send(event)
      await mesh.settle()
      equal(other.received, [event], 'what the second peer received')
      equal(third.received, [event], 'what the third peer received')
      equal(one.received, [], 'what came back to the sender')
    },
  ),
  inMesh('several events of one send arrive as several', async (mesh, [one, other, third]) => {
    const events = sampleEvents(5)
    await one.send(...events)
    await mesh.settle()
    equal(sorted(other.ids), sorted(idsOf(events)), 'ids at the second peer')
    equal(sorted(third.ids), sorted(idsOf(events)), 'ids at the third peer')
  }),
  inMesh('the events of one sender arrive in the order in which they were sent', ordered, ['ordered']),
  inMesh('texts of every script arrive as they were sent', async (mesh, [one, other]) => {
    const event = sampleEvent({ text: 'καὶ 日本語 עברית 👩‍🚀 \u0000 \u2028 \u{1F600}é', ключ: '…' })
    await one.send(event)
    await mesh.settle()
    equal(other.received, [event], 'what the second peer received')
  }),
  inMesh('an event of 1 MB arrives', async (mesh, [one, other]) => {
    const event = sampleEvent('x'.repeat(1_000_000))
    await one.send(event)
    await mesh.until(() => other.has(event.id), 'the event arrives')
    equal(other.received, [event], 'what the second peer received')
  }),
  inMesh(
    'nobody shares an object with the sender or with another receiver',
    async (mesh, [one, other, third]) => {
      const event = sampleEvent({ list: [1] })
      await one.send(event)
      await mesh.settle()
      const copies = [event, other.received[0], third.received[0]].map(listIn)
      equal(new Set(copies).size, 3, 'different lists')
    },
  ),
  inMesh('a malformed message does not stop the next', async (mesh, [one, other, third]) => {
    const event = sampleEvent(1)
    for (const garbage of malformedEvents) await one.send(garbage)
    await one.send(event)
    await mesh.settle()
    for (const peer of [other, third])
      equal(peer.ids.includes(event.id), true, `the event at the ${peer.name} peer`)
  }),
  inMesh(
    'a peer receives nothing after it has closed, and the others go on',
    async (mesh, [one, other, third]) => {
      await other.close()
      const event = sampleEvent(1)
      await one.send(event)
      await mesh.settle()
      equal(other.received, [], 'what the closed peer received')
      equal(third.ids, [event.id], 'ids at the third peer')
    },
  ),
  inMesh('closing twice is fine', async (mesh, [one, other]) => {
    const { link } = one
    await one.close()
    await link.close()
    await mesh.settle()
    equal(other.received, [], 'what the second peer received')
  }),
  inMesh('sending over a closed link fails', async (_, [one]) => {
    const { link } = one
    await one.close()
    await rejects(async () => link.send([sampleEvent(1)]), 'send on a closed link')
  }),
  inMesh('what was sent before closing still arrives', async (mesh, [one, other, third]) => {
    const events = sampleEvents(20)
    const sending = one.send(...events)
    await one.close()
    await sending
    for (const peer of [other, third])
      await mesh.until(() => peer.ids.length === 20, `all arrive at the ${peer.name} peer`)
  }),
  inMesh('a peer that opens again takes part again', async (mesh, [one, other, third]) => {
    await other.close()
    await mesh.settle()
    await other.open()
    const [there, back] = [sampleEvent('there'), sampleEvent('back')]
    await one.send(there)
    await other.send(back)
    await mesh.settle()
    equal(other.has(there.id), true, 'the event at the peer that came back')
    equal(one.ids, [back.id], 'ids at the first peer')
    equal(sorted(third.ids), sorted([there.id, back.id]), 'ids at the third peer')
  }),
  {
    name: 'two meshes do not mix',
    run: (subject) =>
      withMesh(subject, (mesh, [one]) =>
        withMesh(subject, async (stranger, [other]) => {
          const [here, there] = [sampleEvent('here'), sampleEvent('there')]
          await one.send(here)
          await other.send(there)
          await Promise.all([mesh.settle(), stranger.settle()])
          equal(
            mesh.peers.map(({ ids }) => ids),
            [[], [here.id], [here.id]],
            'ids in the one mesh',
          )
          equal(
            stranger.peers.map(({ ids }) => ids),
            [[], [there.id], [there.id]],
            'ids in the other',
          )
        }),
      ),
  },
  inMesh(
    'what was sent while a peer was away arrives when it is back',
    async (mesh, [one, other]) => {
      await other.close()
      const event = sampleEvent(1)
      await one.send(event)
      await mesh.settle()
      await other.open()
      await mesh.until(() => other.has(event.id), 'the event arrives at the peer that came back')
    },
    ['durable'],
  ),
  inMesh(
    'a send that has resolved is accepted: the sender may be gone',
    async (mesh, [one, other, third]) => {
      const event = sampleEvent(1)
      const sending = one.link.send([event])
      equal(sending instanceof Promise, true, 'send answers with a promise')
      await sending
      await one.close()
      for (const peer of [other, third])
        await mesh.until(() => peer.has(event.id), `it arrives at the ${peer.name} peer`)
    },
    ['acknowledges'],
  ),
]

type Peers = readonly [Peer, Peer, Peer]
type Run = (mesh: Mesh, peers: Peers) => Promise<void>

function inMesh(
  name: string,
  run: Run,
  needs: readonly (keyof Traits)[] = [],
): ContractCase<TransportSubject> {
  return { name, needs, run: (subject) => withMesh(subject, run) }
}

async function withMesh(subject: TransportSubject, run: Run): Promise<void> {
  const mesh = new Mesh(await subject.peers(), subject.deadline)
  try {
    await mesh.open()
    await run(mesh, mesh.peers)
  } finally {
    await mesh.close()
  }
}

async function ordered(mesh: Mesh, [one, other, third]: Peers): Promise<void> {
  const [ours, theirs] = [sampleEvents(100), sampleEvents(100)]
  for (let from = 0; from < 100; from += 4) {
    await one.send(...ours.slice(from, from + 3))
    await other.send(...theirs.slice(from, from + 4))
    await one.send(...ours.slice(from + 3, from + 4))
  }
  await mesh.settle()
  const fromOne = new Set<unknown>(idsOf(ours))
  equal(other.ids, idsOf(ours), 'ids at the second peer')
  equal(
    third.ids.filter((id) => fromOne.has(id)),
    idsOf(ours),
    'ids of the first at the third peer',
  )
  equal(
    third.ids.filter((id) => !fromOne.has(id)),
    idsOf(theirs),
    'ids of the second at the third peer',
  )
}

function sorted(values: readonly unknown[]): string[] {
  return values.map(String).toSorted()
}

function listIn(message: unknown): unknown {
  return member(member(message, 'data'), 'list')
}
