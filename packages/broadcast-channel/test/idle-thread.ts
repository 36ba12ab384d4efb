// Runs in a worker thread that does nothing but wait for events on a channel and a port.
import { bridge, createBus } from '@heliobus/core'
import { parentPort, workerData } from 'node:worker_threads'
import { broadcastChannel, messagePort } from '../src/index.ts'

const { channel, port, keepAlive } = workerData
const bus = createBus()
bus.subscribe('ping', ({ data }) => parentPort?.postMessage(data))
await bridge(bus, broadcastChannel(channel, { keepAlive }))
await bridge(bus, messagePort(port, { keepAlive }))
parentPort?.postMessage('ready')
