// A module of the sources, for tests that run it where TypeScript can't be loaded: in a thread, a page, a process.
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/**
 * An entry and the sources it uses, as one module.
 * @param {URL} entry
 * @param {string[]} [external] packages that stay outside, such as those with native code
 * @returns {Promise<string>} its code
 */
export async function bundle(entry, external = []) {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@heliobus/source'] },
    ssr: { noExternal: true, external, resolve: { conditions: ['@heliobus/source'] } },
    build: {
      write: false,
      minify: false,
      ssr: fileURLToPath(entry),
      rolldownOptions: { external, output: { codeSplitting: false } },
    },
  })
  const [chunk] = Array.isArray(result) || !('output' in result) ? [] : result.output
  if (chunk?.type !== 'chunk') throw new Error('the bundler answered with something else than a module')
  return chunk.code
}
