/** A WebSocket transport to a hub, for browsers and Node. */
export type { KeptOutbox, OpenOutbox, Sender, Uplink } from './kept-outbox.ts'
export type { ConnectOptions } from './connector.ts'
export type { LineLimits } from './line.ts'
export type { Socket, SocketClass } from './socket.ts'
export type { Wake } from './wake.ts'
export { webSocket, type WebSocketOptions } from './web-socket.ts'
