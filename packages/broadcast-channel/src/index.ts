/** Transports between the pages, frames, workers and threads of one machine. */
export {
  broadcastChannel,
  type BroadcastChannelOptions,
  type Channel,
  type Page,
  type PageTransition,
} from './broadcast-channel.ts'
export {
  messagePort,
  type MessagePortOptions,
  type PortEvent,
  type PortLike,
  type PortMessage,
} from './message-port.ts'
