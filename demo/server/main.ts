// The ground station as a program: `node server/dist/main.js --port 4173 --log data/events.db`.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type GroundStation, openGroundStation } from './ground-station.ts'

const demo = fileURLToPath(new URL('../..', import.meta.url))

/** What the page keeps in the browser belongs to its address: the same one every time, if that is free. */
const USUAL_PORT = 4173

interface Wishes {
  /** Undefined: the usual one, or any. */
  readonly port: number | undefined
  readonly log: string
  /** The address of a Redis; undefined: none. */
  readonly redis: string | undefined
}

function wishes(): Wishes {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env['PORT'] ?? '' },
      log: { type: 'string', default: resolve(demo, 'data/events.db') },
    },
  })
  return { port: toPort(values.port), log: resolve(values.log), redis: toAddress(process.env['REDIS_URL']) }
}

function toPort(written: string): number | undefined {
  if (written === '') return undefined
  const port = Number(written)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`"${written}" is no port`)
  return port
}

function toAddress(written: string | undefined): string | undefined {
  if (written === undefined || written === '') return undefined
  if (!URL.canParse(written)) throw new Error('REDIS_URL is no address like redis://localhost:6379')
  return written
}

async function open({ port, log, redis }: Wishes): Promise<GroundStation> {
  const options = { log, page: resolve(demo, 'dist'), redis }
  if (port !== undefined) return openGroundStation({ ...options, port })
  try {
    return await openGroundStation({ ...options, port: USUAL_PORT })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    return openGroundStation({ ...options, port: 0 })
  }
}

/** What to send from outside, to be copied as it is. */
function tell({ url, token, found }: GroundStation, { log, redis }: Wishes): void {
  const storm =
    '{"type":"cosmic.solar_storm.detected","data":{"at":"2026-01-01T00:00:00Z","kp_index":7,"severity":"G3"}}'
  console.log(`Heliobus is at ${url}/ (Ctrl-C ends it)

Every event is kept in the table events_log of ${log}: ${found} so far.${redis === undefined ? '' : overRedis(redis)}
A storm from outside:
  curl ${url}/events -H 'authorization: Bearer ${token}' -H 'content-type: application/json' -d '${storm}'`)
}

/** Without the credentials that the address may have. */
function overRedis(redis: string): string {
  return `\nServices run over Redis at ${new URL(redis).host}, in two processes each.`
}

/** Also one that is still opening; asked twice, it ends at once. */
function closeOnSignal(opening: Promise<GroundStation>): void {
  let isClosing = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isClosing) process.exit(1)
      isClosing = true
      void opening.then((station) => station.close()).finally(() => process.exit(0))
    })
  }
}

try {
  const wished = wishes()
  const opening = open(wished)
  closeOnSignal(opening)
  tell(await opening, wished)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
