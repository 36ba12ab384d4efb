import { bridge } from '@heliobus/core'
import { mountDevtools } from '@heliobus/devtools/vanilla'
import { webSocket } from '@heliobus/websocket'
import { remoteTap } from '@heliobus/websocket/remote-tap'
import { createTrafficBus } from './traffic.ts'

// A page whose bus is joined to that of a Node process, and whose devtools show both: `?port=…&token=…`.
const query = new URLSearchParams(location.search)
const server = `ws://127.0.0.1:${query.get('port')}`
const token = query.get('token') ?? ''
const bus = createTrafficBus('page')

await bridge(bus, webSocket(`${server}/bus`, { name: 'websocket' }), { send: ['order.*'] })
mountDevtools(bus, {
  remotes: [remoteTap(`${server}/tap`, { name: 'server', token })],
  shadowMode: 'open',
  initialOpen: true,
})

Object.assign(window, { bus })
