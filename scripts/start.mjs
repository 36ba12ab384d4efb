// npm start: from a fresh clone to the demo in the browser. `npm start -- --log events.db` chooses the file of the log.
import { run, top } from './command.mjs'
import { setUp } from './setup.mjs'

async function build() {
  if (!(await run('tsc', ['-b', 'packages']))) throw new Error('The packages could not be built')
  const vite = await import('vite')
  await vite.build({ root: `${top}demo`, logLevel: 'warn' })
  await vite.build({ configFile: `${top}demo/server/vite.config.ts`, logLevel: 'warn' })
}

/** In this process: it takes our arguments, and ends with Ctrl-C. */
async function startGroundStation() {
  await import(new URL('../demo/server/dist/main.js', import.meta.url).href)
}

try {
  console.log('Installing and building…')
  await setUp()
  await build()
  await startGroundStation()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
