import { fileURLToPath } from 'node:url'
import { defaultServerConditions, defineConfig } from 'vite'

/** The ground station as one file for Node: the page's modules and catalog are part of it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  build: { ssr: 'main.ts', target: 'node20', emptyOutDir: true },
  ssr: { noExternal: true, external: ['libsql'] },
  resolve: { conditions: ['@heliobus/source', ...defaultServerConditions] },
})
