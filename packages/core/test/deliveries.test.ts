import { expect, it } from 'vitest'
import { bridge, createBus, type HandlerContext } from '../src/index.ts'
import { joinedSignal } from '../src/joined-signal.ts'
import { createProbe } from './probe-transport.ts'
import { turn } from './turn.ts'

it('a handler hears when its transport loses the right to deliver the event, and who delivers', async () => {
  const [sender, bus] = [createBus(), createBus()]
  const [out, probe] = [createProbe(), createProbe()]
  await bridge(sender, out)
  await bridge(bus, probe)
  const contexts: HandlerContext[] = []
  bus.subscribe('a', (_, context) => void contexts.push(context))
  sender.publish('a', 1)
  await turn()
  const lease = new AbortController()
  await probe.port.receive(out.sent[0]![0], {
    attempt: 1,
    redelivered: true,
    fence: 7,
    signal: lease.signal,
  })
  const [context] = contexts
  expect(context).toMatchObject({ fence: 7, isReplay: true })
  expect(context!.signal.aborted).toBe(false)
  lease.abort(new Error('lost'))
  expect(context!.signal.aborted).toBe(true)
  expect(context!.signal.reason).toEqual(new Error('lost'))
})

it('two signals are joined once, however many calls they end', () => {
  const [one, other] = [new AbortController(), new AbortController()]
  const joined = joinedSignal(one.signal, other.signal)
  expect(joinedSignal(one.signal, other.signal)).toBe(joined)
  other.abort('over')
  expect([joined.aborted, joined.reason]).toEqual([true, 'over'])
  expect(joinedSignal(new AbortController().signal, other.signal).aborted).toBe(true)
})
