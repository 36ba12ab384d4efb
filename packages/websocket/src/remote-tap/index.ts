export { remoteTap, type RemoteTapOptions } from './remote-tap.ts'
