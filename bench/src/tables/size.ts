import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { atMost, type Table } from '../table.ts'

const script = new URL('../../../scripts/size.mjs', import.meta.url).href
const LINE = /^[✓✗] (.+): ([\d.]+) kB of ([\d.]+) kB$/gm

/** What a user ships, weighed by the same script that `pnpm check` runs. */
export const size: Table = {
  async run() {
    const code = `import(${JSON.stringify(script)}).then(({ size }) => size())`
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', code])
    const budgets = [...stdout.matchAll(LINE)].map(([, what = '', kB, limit]) => ({
      what,
      kB: Number(kB),
      limit: Number(limit),
    }))
    return {
      title: 'Size, minified and gzipped',
      columns: ['bundle', 'kB', 'budget, kB'],
      rows: budgets.map(({ what, kB, limit }) => [what, kB, limit]),
      bars: budgets.map(({ what, kB, limit }) => atMost(limit, `size of ${what}`, kB, 'kB')),
    }
  },
}
