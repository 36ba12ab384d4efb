import { defineConfig } from '@playwright/test'
import { chromiumPath, quietFlags } from '../scripts/chromium.mjs'

const port = process.env.PORT ?? '4174'
const executablePath = await chromiumPath()

export default defineConfig({
  testDir: 'test',
  testMatch: '**/*.test.ts',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 }, // however busy the machine
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    trace: 'retain-on-failure',
    launchOptions: { args: quietFlags, ...(executablePath && { executablePath }) },
  },
  webServer: {
    command: `vite build && vite build -c server/vite.config.ts && vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}`,
    timeout: 300_000, // however busy the machine
  },
})
