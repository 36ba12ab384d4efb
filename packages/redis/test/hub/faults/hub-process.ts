// Runs in a process of its own, which is killed: a hub on a shared history, with a bus that publishes and notes what it handles.
import { bridge, createBus } from '@heliobus/core'
import { createHub } from '@heliobus/websocket/hub'
import { Redis } from 'ioredis'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { createClient } from 'redis'
import { openRedisHistory } from '../../../src/hub/index.ts'
import { ioRedis, nodeRedis } from '../../../src/index.ts'
import { mutated } from '../mutants.ts'
import { clientMutants, type HubProcessOptions, type Told } from './hub-process-options.ts'

const options: HubProcessOptions = JSON.parse(process.argv[2] ?? '{}')
const { url, namespace, name, library, mutant, events, appendWithin = 10_000 } = options
const logger = { log: () => undefined }
const tell = (told: Told): void => void process.send?.(told)

const bare =
  library === 'ioredis' ? ioRedis(new Redis(url, { lazyConnect: true })) : nodeRedis(createClient({ url }))
const clientMutant = clientMutants.find((one) => one === mutant)
const answerWithin = mutant === 'patient' ? 1e9 : 300
const history = await openRedisHistory({
  client: mutated(bare, clientMutant),
  namespace,
  logger,
  random: () => 0.02,
  ...(events !== undefined && { events }),
  limits: { answerWithin, connectWithin: 1_000, silentFor: answerWithin, checkEvery: 50, appendWithin },
})

const { watch, append } = history
if (mutant === 'silent') history.watch = ({ more }) => watch.call(history, { more, renewed: more })
if (mutant === 'hasty') history.append = (drafts) => void append.call(history, drafts)?.catch(() => undefined)
if (mutant === 'impatient') history.catchUp = async () => 0

const hub = createHub({
  origins: [],
  allowNoOrigin: true,
  authenticate: (_, { token }) => (token === undefined ? undefined : { id: token }),
  authorize: () => ({ publish: ['**'], subscribe: ['**'] }),
  history,
  logger,
})
const server = createServer()
hub.attach(server, '/bus')
server.listen(0, '127.0.0.1')
await once(server, 'listening')

const bus = createBus({ source: name, logger })
bus.subscribe<'**'>('**', ({ id, subject, data, hops }) => {
  if (hops > 0) tell({ handled: { id, key: subject!, n: Number(Reflect.get(Object(data), 'n')) } })
})
bus.tap$.subscribe((signal) => {
  if (signal.type === 'gap') tell({ gap: signal.reason })
  if (signal.type === 'dropped' && signal.reason === 'repeat') tell({ repeat: true })
  if (signal.type === 'failed') tell({ failed: signal.event.id })
})
await bridge(bus, hub, { send: ['**'] })

let n = 0
process.on('message', (count: number) => {
  void (async () => {
    for (let done = 0; done < count; done++) {
      const { id } = bus.publish('work.done', { n }, { subject: name })
      tell({ published: { id, key: name, n: n++ } })
      if (done % 5 === 4) await setImmediate()
    }
  })()
})
const address = server.address()
tell({ port: typeof address === 'object' && address !== null ? address.port : 0 })
