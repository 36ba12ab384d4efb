// npm start: from a fresh clone to the demo in the browser.
import { run, top } from './command.mjs'
import { setUp } from './setup.mjs'

async function build() {
  if (!(await run('tsc', ['-b', 'packages']))) throw new Error('The packages could not be built')
  const vite = await import('vite')
  await vite.build({ root: `${top}demo`, logLevel: 'warn' })
}

/** Serves the built demo on PORT, or on a free port. */
async function serve() {
  const vite = await import('vite')
  const port = Number(process.env.PORT) || undefined
  return vite.preview({
    root: `${top}demo`,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', ...(port && { port, strictPort: true }) },
  })
}

/** @param {() => Promise<void>} close */
function closeOnSignal(close) {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void close().finally(() => process.exit(0)))
  }
}

try {
  console.log('Installing and building…')
  await setUp()
  await build()
  const server = await serve()
  closeOnSignal(() => server.close())
  console.log(`Heliobus is at ${server.resolvedUrls?.local[0]} (Ctrl-C ends it)`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
