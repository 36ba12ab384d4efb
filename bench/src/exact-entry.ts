import type { Contender } from './contender.ts'
import { distinctHandler } from './handler.ts'
import { distinctLoop } from './loop.ts'
import type { Entry } from './measure.ts'

export const payload = { id: 'u-1', name: 'Ada', score: 3, active: true }

/** Publishes on one topic with so many handlers, having served eight others on another: as any bus in a program has. */
export function exactEntry(contender: Contender, handlers: number, name: string = contender.name): Entry {
  const emitter = contender.make()
  const publish = emitter.publish.bind(emitter)
  const handle = (topic: string, count: number): void => {
    for (let i = 0; i < count; i++) emitter.subscribe(topic, distinctHandler(contender.style))
  }
  handle('user.seen', 8)
  for (let i = 0; i < 20_000; i++) void publish('user.seen', payload)
  handle('user.created', handlers)
  const run = distinctLoop(publish, ['user.created'], payload, contender.awaited ?? false)
  return { name, run, deliveries: handlers }
}
