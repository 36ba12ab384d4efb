/** The part of a `WebSocket` that is used: that of a page, or that of `ws`. */
export interface Socket {
  send(text: string): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open' | 'error', listener: (event: object) => void): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void
}

/** The class of such sockets. */
export type SocketClass = new (url: string) => Socket

/** The platform's own, in every browser and in Node from version 22. */
export function platformSocket(): SocketClass {
  const own: unknown = Reflect.get(globalThis, 'WebSocket')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what has this name everywhere
  if (typeof own === 'function') return own as SocketClass
  throw new TypeError(
    'This platform has no WebSocket: give one, `webSocket(url, { WebSocket })`; of the package ws, say',
  )
}
