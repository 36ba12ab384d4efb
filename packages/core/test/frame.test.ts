import { expect, test } from 'vitest'
import { EMPTY } from 'rxjs'
import { createFrames, type Frame, type Frames, type Port, type WireEvent } from '../src/index.ts'

function createSide(): Frames & { readonly received: unknown[]; readonly gaps: unknown[] } {
  const received: unknown[] = []
  const gaps: unknown[] = []
  const port: Port = {
    origin: 'side',
    interest: EMPTY,
    report: () => undefined,
    gap: (_, missing) => void gaps.push(missing),
    receive: async (message) => {
      received.push(message)
      return { handled: 0, failed: [] }
    },
  }
  return { ...createFrames(port), received, gaps }
}

/** Frames carry what they are given. */
const events = (...names: string[]): WireEvent[] => names as never

test('a frame holds events, and how many went before them', () => {
  const sender = createSide()
  expect(sender.pack(events('a', 'b'))).toMatchObject({ heliobus: 1, sent: 0, events: ['a', 'b'] })
  expect(sender.pack(events('c'))).toMatchObject({ heliobus: 1, sent: 2, events: ['c'] })
})

test('a receiver gets the events one by one, and knows how many it missed between two frames', () => {
  const [sender, receiver] = [createSide(), createSide()]
  receiver.unpack(sender.pack(events('a', 'b')))
  sender.pack(events('c', 'd'))
  sender.pack(events('e'))
  receiver.unpack(sender.pack(events('f')))
  receiver.unpack(sender.pack(events('g')))
  expect(receiver.received).toEqual(['a', 'b', 'f', 'g'])
  expect(receiver.gaps).toEqual([3])
})

test('who comes late has missed nothing, and each sender is counted for itself', () => {
  const [one, other, receiver] = [createSide(), createSide(), createSide()]
  one.pack(events('a'))
  receiver.unpack(one.pack(events('b')))
  receiver.unpack(other.pack(events('x')))
  receiver.unpack(one.pack(events('c')))
  expect(receiver.gaps).toEqual([])
})

test('a frame that comes twice, or late, is no gap', () => {
  const [sender, receiver] = [createSide(), createSide()]
  const [first, second] = [sender.pack(events('a')), sender.pack(events('b'))]
  for (const frame of [first, second, first, sender.pack(events('c')), second]) receiver.unpack(frame)
  expect(receiver.gaps).toEqual([])
})

test('what is no frame is handed on as it is', () => {
  const receiver = createSide()
  const [frame] = [createSide().pack(events('a'))]
  const others = [
    null,
    'text',
    { ...frame, heliobus: 2 },
    { ...frame, sent: -1 },
    { ...frame, events: {} },
    { id: 'x' },
  ]
  for (const other of others) receiver.unpack(other)
  expect(receiver.received).toEqual(others)
})

test('a flood of senders does not grow the memory without end: the least recently heard are forgotten', () => {
  const [sender, receiver] = [createSide(), createSide()]
  receiver.unpack(sender.pack(events('a')))
  const stranger = (link: string): Frame => ({ heliobus: 1, link, sent: 0, events: [] })
  for (let count = 0; count < 999; count++) receiver.unpack(stranger(`stranger ${count}`))
  sender.pack(events('b'))
  receiver.unpack(sender.pack(events('c')))
  expect(receiver.gaps).toEqual([1])
  for (let count = 0; count < 1_000; count++) receiver.unpack(stranger(`another ${count}`))
  sender.pack(events('d'))
  receiver.unpack(sender.pack(events('e')))
  expect(receiver.gaps).toEqual([1])
})
