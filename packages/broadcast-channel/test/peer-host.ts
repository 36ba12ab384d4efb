import type { Link, Transport, WireEvent } from '@heliobus/core'
import { createRecordingPort } from '@heliobus/testing'

/** What a link in another world has heard. */
export interface Note {
  readonly link: string
  readonly message: unknown
}

/** Links that live in another thread or page, by their names. */
export interface PeerHost {
  open(link: string, world: string): Promise<void>
  send(link: string, events: readonly WireEvent[]): Promise<void>
  close(link: string): Promise<void>
}

/** The side that has the transport. `note` carries to the other side what its links hear. */
export function createPeerHost(
  transportOf: (world: string) => Transport,
  note: (note: Note) => void,
): PeerHost {
  const links = new Map<string, Link>()
  const get = (name: string): Link => {
    const link = links.get(name)
    if (link === undefined) throw new Error(`no link ${name}`)
    return link
  }
  return {
    async open(name, world) {
      const port = createRecordingPort()
      const receive = (message: unknown): ReturnType<typeof port.receive> => {
        note({ link: name, message })
        return port.receive(message)
      }
      links.set(name, await transportOf(world).open({ ...port, receive }))
    },
    send: async (name, events) => void (await get(name).send(events)),
    close: (name) => get(name).close(),
  }
}
