import { createSender, receive, type Send } from './peer.ts'

/** What `chromium.ts` calls in a page. */
export interface PagePeer {
  readonly receive: typeof receive
  readonly createSender: typeof createSender
  send?: Send
}

const peer: PagePeer = { receive, createSender }

Object.assign(globalThis, { peer })
