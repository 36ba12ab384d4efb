import { fileURLToPath } from 'node:url'
import { defaultServerConditions, defineConfig } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The ground station and its workers as programs for Node: the page's modules and catalog are part of them. */
export default defineConfig({
  root: at('.'),
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    emptyOutDir: true,
    rolldownOptions: { input: ['main.ts', 'services/worker.ts'].map((file) => at(file)) },
  },
  ssr: { noExternal: true, external: ['libsql', 'redis'] },
  resolve: { conditions: ['@heliobus/source', ...defaultServerConditions] },
})
