import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { markdown } from './markdown.ts'
import { svg } from './plot.ts'
import type { Result } from './table.ts'

const folder = new URL('../results/', import.meta.url)

/** What a full run leaves: figures for machines and for readers. */
export function writeResults(results: Readonly<Record<string, Result>>): void {
  const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL('results.json', folder), `${JSON.stringify({ machine, results }, undefined, 2)}\n`)
  writeFileSync(new URL('results.md', folder), page(machine, Object.values(results)))
  for (const [name, { plot }] of Object.entries(results)) {
    if (plot !== undefined) writeFileSync(new URL(`${name}.svg`, folder), svg(plot))
  }
}

function page(machine: string, results: readonly Result[]): string {
  const head = `# Measured by \`pnpm bench\`

${machine}. Medians over shuffled, interleaved rounds; every comparison is between two sides of one run.
`
  return [head, ...results.map(markdown)].join('\n')
}
