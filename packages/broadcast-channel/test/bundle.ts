import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** An entry of this folder and the sources it uses, as one module: for a thread or a page, which can't load TypeScript. */
export async function bundle(entry: URL): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@heliobus/source'] },
    ssr: { noExternal: true, resolve: { conditions: ['@heliobus/source'] } },
    build: {
      write: false,
      minify: false,
      ssr: fileURLToPath(entry),
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  const [chunk] = Array.isArray(result) || !('output' in result) ? [] : result.output
  if (chunk?.type !== 'chunk') throw new Error('the bundler answered with something else than a module')
  return chunk.code
}
