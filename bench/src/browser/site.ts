import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** JavaScript by path. */
type Scripts = ReadonlyMap<string, string>

/** Serves an empty page that runs the module, as a user's bundler would ship it. `use` is given its origin. */
export async function withSite<T>(module: URL, use: (origin: string) => Promise<T>): Promise<T> {
  const server = await serve(await bundle(module))
  try {
    return await use(originOf(server))
  } finally {
    server.close()
  }
}

const ENTRY = '/entry.js'

async function bundle(module: URL): Promise<Scripts> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' }, // whatever this process was started with
    build: {
      write: false,
      rolldownOptions: { input: fileURLToPath(module), output: { entryFileNames: ENTRY.slice(1) } },
    },
  })
  const chunks = Array.isArray(result) || !('output' in result) ? [] : result.output
  return new Map(chunks.flatMap((one) => (one.type === 'chunk' ? [[`/${one.fileName}`, one.code]] : [])))
}

async function serve(scripts: Scripts): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts.get(url)
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript')
    response.end(
      script ?? `<!doctype html><title>bench</title><script type="module" src="${ENTRY}"></script>`,
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function originOf(server: Server): string {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return `http://127.0.0.1:${address.port}`
}
