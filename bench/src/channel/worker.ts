import { parentPort } from 'node:worker_threads'
import { receive } from './peer.ts'

await receive()
parentPort?.postMessage('ready')
