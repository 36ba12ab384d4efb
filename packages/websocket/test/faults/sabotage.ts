import { WebSocket } from 'ws'
import type { Socket, SocketClass } from '../../src/client/index.ts'
import type { Frame } from '../talk.ts'

/**
 * Ways to break a mechanism from outside, to see that a test notices:
 * `forgetful` does not say where it left off; `hasty` takes what is sent for accepted; `nameless` is a new session every time;
 * `repeating` sends every event again as if it were a new one.
 */
export type Mutant = 'forgetful' | 'hasty' | 'nameless' | 'repeating'

/** A class of sockets that breaks one mechanism; without a mutant it is as good as any. */
export function sabotaged(mutant: Mutant | undefined): SocketClass {
  if (mutant === undefined) return WebSocket
  return class extends WebSocket implements Socket {
    #extra = 0

    override send(text: unknown): void {
      const frame = JSON.parse(String(text)) as Frame
      super.send(JSON.stringify(this.#change(frame)))
      if (mutant === 'hasty' && frame.type === 'events') this.#acknowledge(frame)
    }

    #change(frame: Frame): object {
      if (mutant === 'forgetful' && frame.type === 'hello') return { ...frame, resume: undefined }
      if (mutant === 'nameless' && frame.type === 'hello') return { ...frame, session: crypto.randomUUID() }
      if (mutant === 'repeating' && frame.type === 'events') return this.#double(frame)
      return frame
    }

    #double(frame: Frame): object {
      const events = (frame['events'] as object[]).flatMap((event) => [
        event,
        { ...event, id: `${String(Reflect.get(event, 'id'))}*` },
      ])
      const sequence = Number(frame['sequence']) + this.#extra
      this.#extra += events.length / 2
      return { ...frame, sequence, events }
    }

    #acknowledge({ sequence, events }: Frame): void {
      const last = Number(sequence) + (events as unknown[]).length - 1
      const data = JSON.stringify({ type: 'ack', sequence: last })
      queueMicrotask(() => this.emit('message', Buffer.from(data), false))
    }
  }
}

/** Everything that is said and heard over these sockets is said and heard twice. */
export const StutteringSocket: SocketClass = class extends WebSocket {
  override send(text: unknown): void {
    super.send(String(text))
    if (String(text).startsWith('{"type":"events"')) super.send(String(text))
  }

  override emit(event: string | symbol, ...rest: unknown[]): boolean {
    if (event === 'message' && String(rest[0]).startsWith('{"type":"events"')) super.emit(event, ...rest)
    return super.emit(event, ...rest)
  }
}
