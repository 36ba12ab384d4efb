// npm start: from a fresh clone to the demo in the browser. `npm start -- --log events.db` chooses the file of the log,
// `npm start -- --redis` runs its services over a Redis of its own, `REDIS_URL=… npm start` over that one.
import { rmSync } from 'node:fs'
import { run, top } from './command.mjs'
import { RedisServer } from './redis-server.mjs'
import { setUp } from './setup.mjs'

async function build() {
  if (!(await run('tsc', ['-b', 'packages']))) throw new Error('The packages could not be built')
  const vite = await import('vite')
  await vite.build({ root: `${top}demo`, logLevel: 'warn' })
  await vite.build({ configFile: `${top}demo/server/vite.config.ts`, logLevel: 'warn' })
}

/** It ends with this process, and what it kept goes with it. Ctrl-C is not for it: the services finish first. */
async function startRedis() {
  const server = await RedisServer.create({ appendonly: 'yes' }, { detached: true })
  process.once('exit', () => rmSync(server.folder, { recursive: true, force: true, maxRetries: 3 }))
  return server.url
}

/** Whether the flag is among our arguments; the ground station does not know it. */
function takeFlag(/** @type {string} */ flag) {
  const place = process.argv.indexOf(flag)
  if (place !== -1) process.argv.splice(place, 1)
  return place !== -1
}

/** In this process: it takes our arguments, and ends with Ctrl-C. */
async function startGroundStation() {
  await import(new URL('../demo/server/dist/main.js', import.meta.url).href)
}

try {
  const hasOwnRedis = takeFlag('--redis')
  console.log('Installing and building…')
  await setUp()
  await build()
  if (hasOwnRedis) process.env.REDIS_URL = await startRedis()
  await startGroundStation()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
