import { bridge, createBus, reconnecting, type Transport } from '@heliobus/core'
import { createRecordingPort, declareContract, transportContract, until } from '@heliobus/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { messagePort } from '../src/index.ts'
import { bundle } from '../../../scripts/bundle.mjs'
import { joined } from './joined.ts'
import { joinThreads, Thread } from './threads.ts'

const { traits } = messagePort(new MessageChannel().port1)

/** A ring of three: each has a port to both others. */
async function ring(
  change: (transport: Transport) => Transport,
): Promise<readonly [Transport, Transport, Transport]> {
  const [ab, bc, ca] = [new MessageChannel(), new MessageChannel(), new MessageChannel()]
  const over = (port: MessagePort): Transport => change(messagePort(port))
  return [
    joined('a', over(ab.port1), over(ca.port2)),
    joined('b', over(bc.port1), over(ab.port2)),
    joined('c', over(ca.port1), over(bc.port2)),
  ]
}

describe('the transport contract over message ports', () => {
  declareContract(transportContract, { traits, peers: () => ring((transport) => transport) }, test)
})

describe('the transport contract over message ports that come back', () => {
  declareContract(
    transportContract,
    { traits, peers: () => ring((transport) => reconnecting(transport)) },
    test,
  )
})

describe('the transport contract over message ports between worker threads', async () => {
  const code = await bundle(new URL('thread.ts', import.meta.url))
  const threads = [new Thread(code, traits), new Thread(code, traits), new Thread(code, traits)] as const
  afterAll(() => Promise.all(threads.map((thread) => thread.end())))
  declareContract(transportContract, { traits, peers: () => joinThreads(threads) }, test)
})

test('a worker and its maker see each other’s events', async () => {
  const { port1, port2 } = new MessageChannel()
  const [page, worker] = [createBus(), createBus()]
  const heard: unknown[] = []
  page.subscribe('work.done', ({ data }) => heard.push(data))
  worker.subscribe('work.asked', ({ data }) => worker.publish('work.done', { of: data }))
  await bridge(page, messagePort(port1))
  await bridge(worker, messagePort(port2))
  page.publish('work.asked', 1)
  await until(() => heard.length === 1, 'the answer arrives')
  expect(heard).toEqual([{ of: 1 }])
  await Promise.all([page.close(), worker.close()])
})

test('when the other side closes the port, the link is lost, and sending fails', async () => {
  const { port1, port2 } = new MessageChannel()
  const port = createRecordingPort()
  const link = await messagePort(port1).open(port)
  port2.close()
  await until(() => port.statuses.includes('lost'), 'the loss is reported')
  expect(() => link.send([])).toThrow('the port is closed')
})
