import { once } from 'node:events'
import { type ClientOptions, WebSocket } from 'ws'

export interface Goodbye {
  readonly code: number
  readonly reason: string
}

export type Frame = Readonly<Record<string, unknown>> & { readonly type: string }

/** A client by hand: says what it is told to, and keeps what it hears. */
export class Talk {
  readonly socket: WebSocket
  readonly frames: Frame[] = []
  readonly goodbye: Promise<Goodbye>
  #waiting: (() => void) | undefined

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, options)
    this.socket.on('message', (data: Buffer) => this.#hear(data.toString()))
    this.socket.on('error', () => undefined)
    this.goodbye = new Promise((resolve) =>
      this.socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
    )
  }

  async opened(): Promise<this> {
    await once(this.socket, 'open')
    return this
  }

  say(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  /** The first frame of this type that was not taken yet. */
  async next(type: string): Promise<Frame> {
    for (;;) {
      const at = this.frames.findIndex((frame) => frame.type === type)
      if (at !== -1) return this.frames.splice(at, 1)[0]!
      await new Promise<void>((resolve) => (this.#waiting = resolve))
    }
  }

  /** Everything that was said has been answered. */
  async settled(): Promise<void> {
    this.say({ type: 'ping' })
    await this.next('pong')
  }

  close(): void {
    this.socket.terminate()
  }

  #hear(text: string): void {
    this.frames.push(JSON.parse(text) as Frame)
    this.#waiting?.()
  }
}

/** Connected and welcomed; wants everything that it may hear unless told otherwise. */
export async function meet(url: string, hello: object = {}, patterns?: readonly string[]): Promise<Talk> {
  const talk = await new Talk(url).opened()
  talk.say({ type: 'hello', version: 1, session: crypto.randomUUID(), ...hello })
  const welcome = await talk.next('welcome')
  talk.frames.unshift(welcome)
  talk.say({ type: 'want', patterns: patterns ?? welcome['subscribe'] })
  return talk
}

export function cloudEvent(type: string, data: unknown = null, more: object = {}): object {
  return { specversion: '1.0', id: crypto.randomUUID(), source: 'by-hand', type, data, ...more }
}
