import { playwright } from '@vitest/browser-playwright'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { chromiumPath, quietFlags } from './scripts/chromium.mjs'
import { patience } from './packages/testing/test/patience.ts'
import { react18 } from './scripts/react-18.mjs'

/** Packages see each other's source, so tests need no build. */
const source = '@heliobus/source'
const browserOnly = '**/*.browser.test.{ts,tsx}'
const nodeOnly = '**/*.node.test.{ts,tsx}'

const executablePath = await chromiumPath()

export default defineConfig({
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    allowOnly: false,
    testTimeout: 30_000, // ends what hangs, however busy the machine: no test waits for it
    hookTimeout: 30_000,
    expect: { poll: { timeout: patience.timeout } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{packages/*,devtools}/test/**/*.test.{ts,tsx}'],
          exclude: [browserOnly],
          env: { REACT_MAJOR: '19' },
        },
      },
      {
        extends: true,
        plugins: [react18()],
        test: {
          name: 'react18',
          include: ['{packages/react,devtools}/test/**/*.test.tsx'],
          exclude: [browserOnly],
          env: { REACT_MAJOR: '18' },
          setupFiles: 'scripts/react-18-setup.mjs',
          server: { deps: { inline: ['virtua'] } }, // it imports React by itself
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['packages/core/test/**/*.test.ts', `{packages/*,devtools}/test/${browserOnly}`],
          exclude: [nodeOnly],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              launchOptions: { args: quietFlags, ...(executablePath && { executablePath }) },
            }),
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            ignoreSourceErrors: true, // `tsc -b` reports those
            include: ['{packages/*,devtools}/test/**/*.test-d.ts'],
            tsconfig: 'tsconfig.test.json',
          },
        },
      },
    ],
  },
})
