import {
  createMemoryMesh,
  type Port,
  reconnecting,
  type Traits,
  type Transport,
  type WireEvent,
} from '@heliobus/core'
import { describe, expect, test } from 'vitest'
import { declareContract, runContract, transportContract, type TransportSubject } from '../src/index.ts'
import { createPostOffice } from './post-office.ts'

function over(traits: Traits, peers: () => readonly [Transport, Transport, Transport]): TransportSubject {
  return { traits, peers: async () => peers() }
}

const { traits } = createMemoryMesh()
const threeOn = (mesh: Transport): [Transport, Transport, Transport] => [mesh, mesh, mesh]

describe('the transport contract over a memory mesh', () => {
  declareContract(
    transportContract,
    over(traits, () => threeOn(createMemoryMesh())),
    test,
  )
})

describe('the transport contract over a memory mesh whose links come back', () => {
  declareContract(
    transportContract,
    over({ ...traits, reconnects: true }, () => threeOn(reconnecting(createMemoryMesh()))),
    test,
  )
})

describe('the transport contract over a transport that keeps and acknowledges', () => {
  declareContract(
    transportContract,
    over(createPostOffice().traits, () => createPostOffice().peers()),
    test,
  )
})

describe('a transport that breaks the contract fails the case that is about it', () => {
  type Open = (port: Port, open: Transport['open']) => ReturnType<Transport['open']>

  /** What fails when each link of a memory mesh is opened in this way. */
  async function failures(open: Open, change: Partial<Traits> = {}): Promise<string[]> {
    const peers = async (): Promise<[Transport, Transport, Transport]> => {
      const mesh = createMemoryMesh()
      return threeOn({ ...mesh, open: (port) => open(port, mesh.open) })
    }
    const subject: TransportSubject = { traits: { ...traits, ...change }, peers, deadline: 30 }
    const results = await runContract(transportContract, subject)
    return results.flatMap(({ name, status }) => (status === 'failed' ? [name] : []))
  }

  const sending =
    (change: (events: readonly WireEvent[]) => readonly WireEvent[]): Open =>
    async (port, open) => {
      const link = await open(port)
      return { ...link, send: (events) => link.send(change(events)) }
    }

  const receiving =
    (change: (message: unknown, receive: Port['receive']) => void): Open =>
    (port, open) =>
      open({
        ...port,
        receive: async (message) => {
          change(message, port.receive)
          return { handled: 0, failed: [] }
        },
      })

  const delivered = 'an event reaches every other peer unchanged, and does not come back'

  test('one that does nothing wrong fails nothing', async () => {
    expect(await failures((port, open) => open(port))).toEqual([])
  })

  test('it brings events back to their sender', async () => {
    const echo: Open = async (port, open) => {
      const link = await open(port)
      const send = (events: readonly WireEvent[]): void => {
        void link.send(events)
        for (const event of events) void port.receive(event)
      }
      return { ...link, send }
    }
    expect(await failures(echo)).toContain(delivered)
  })

  test('it changes what it carries', async () => {
    const round = (event: WireEvent): WireEvent => ({ ...event, data: JSON.stringify(event.data) })
    expect(await failures(sending((events) => events.map(round)))).toContain(delivered)
  })

  test('it loses all but the first event of a send', async () => {
    expect(await failures(sending((events) => events.slice(0, 1)))).toContain(
      'several events of one send arrive as several',
    )
  })

  test('it turns the order round', async () => {
    expect(await failures(sending((events) => events.toReversed()))).toEqual([
      'the events of one sender arrive in the order in which they were sent',
    ])
  })

  test('it speaks ASCII only', async () => {
    const plain = (message: unknown): unknown =>
      JSON.parse(JSON.stringify(message).replaceAll(/[^ -~]/g, '?'))
    const ascii = receiving((message, receive) => void receive(plain(message)))
    expect(await failures(ascii)).toEqual(['texts of every script arrive as they were sent'])
  })

  test('it takes small events only', async () => {
    const small = sending((events) => events.filter((event) => JSON.stringify(event).length < 65_536))
    expect(await failures(small)).toEqual(['an event of 1 MB arrives'])
  })

  test('it gives everybody the same object', async () => {
    const shared = new Map<string, unknown>()
    const sharing = receiving((message, receive) => {
      const text = JSON.stringify(message)
      if (!shared.has(text)) shared.set(text, message)
      void receive(shared.get(text))
    })
    expect(await failures(sharing)).toEqual([
      'nobody shares an object with the sender or with another receiver',
    ])
  })

  test('it falls silent after a malformed message', async () => {
    const fragile: Open = (port, open) => {
      let isBroken = false
      return receiving((message, receive) => {
        isBroken ||= typeof message !== 'object' || message === null || !('type' in message)
        if (!isBroken) void receive(message)
      })(port, open)
    }
    expect(await failures(fragile)).toEqual(['a malformed message does not stop the next'])
  })

  test('it goes on receiving after it has closed', async () => {
    const open: Open = async (port, openLink) => {
      const link = await openLink(port)
      let isClosed = false
      return {
        send(events) {
          if (isClosed) throw new Error('closed')
          return link.send(events)
        },
        close: async () => void (isClosed = true),
      }
    }
    expect(await failures(open)).toContain(
      'a peer receives nothing after it has closed, and the others go on',
    )
  })

  test('it cannot close twice', async () => {
    const once: Open = async (port, open) => {
      const link = await open(port)
      let isClosed = false
      const close = async (): Promise<void> => {
        if (isClosed) throw new Error('closed already')
        isClosed = true
        await link.close()
      }
      return { ...link, close }
    }
    expect(await failures(once)).toEqual(['closing twice is fine'])
  })

  test('it loses in silence what is sent over a closed link', async () => {
    const silent: Open = async (port, open) => {
      const link = await open(port)
      let isClosed = false
      return {
        send: (events) => (isClosed ? undefined : link.send(events)),
        close: () => ((isClosed = true), link.close()),
      }
    }
    expect(await failures(silent)).toEqual(['sending over a closed link fails'])
  })

  test('it forgets what waits when it closes', async () => {
    const hasty: Open = async (port, open) => {
      const link = await open(port)
      let isClosed = false
      return {
        send(events) {
          if (isClosed) throw new Error('closed')
          queueMicrotask(() => isClosed || void link.send(events))
        },
        close: () => ((isClosed = true), link.close()),
      }
    }
    expect(await failures(hasty)).toContain('what was sent before closing still arrives')
  })

  test('it opens only once', async () => {
    const subject = over(traits, () => {
      const mesh = createMemoryMesh()
      const peer = (): Transport => {
        let isUsed = false
        const open = async (port: Port): ReturnType<Transport['open']> => {
          if (isUsed) throw new Error('used already')
          isUsed = true
          return mesh.open(port)
        }
        return { ...mesh, open }
      }
      return [peer(), peer(), peer()]
    })
    const results = await runContract(transportContract, subject)
    expect(results.flatMap(({ name, status }) => (status === 'failed' ? [name] : []))).toEqual([
      'a peer that opens again takes part again',
    ])
  })

  test('it mixes its meshes', async () => {
    const everywhere = createMemoryMesh()
    const results = await runContract(
      transportContract,
      over(traits, () => threeOn(everywhere)),
    )
    expect(results.flatMap(({ name, status }) => (status === 'failed' ? [name] : []))).toEqual([
      'two meshes do not mix',
    ])
  })

  test('it claims to keep and to acknowledge, and does not', async () => {
    expect(await failures((port, open) => open(port), { durable: true, acknowledges: true })).toEqual([
      'what was sent while a peer was away arrives when it is back',
      'a send that has resolved is accepted: the sender may be gone',
    ])
  })

  test('it acknowledges before it has accepted', async () => {
    const early: Open = async (port, open) => {
      const link = await open(port)
      let isClosed = false
      return {
        async send(events) {
          setTimeout(() => isClosed || void link.send(events))
        },
        close: () => ((isClosed = true), link.close()),
      }
    }
    expect(await failures(early, { acknowledges: true })).toContain(
      'a send that has resolved is accepted: the sender may be gone',
    )
  })
})
