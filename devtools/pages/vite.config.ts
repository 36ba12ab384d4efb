import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

const pages = ['panel', 'strict', 'plain', 'remote']

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['@heliobus/source', ...defaultClientConditions] },
  build: {
    emptyOutDir: true,
    rolldownOptions: { input: pages.map((page) => `${import.meta.dirname}/${page}.html`) },
  },
  preview: {
    headers: {
      'Content-Security-Policy':
        "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self' ws://127.0.0.1:*",
    },
  },
})
