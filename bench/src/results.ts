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
  writeFileSync(new URL('results.json', folder), json({ machine, results }))
  writeFileSync(new URL('results.md', folder), page(machine, Object.values(results)))
  for (const [name, { plot }] of Object.entries(results)) {
    if (plot !== undefined) writeFileSync(new URL(`${name}.svg`, folder), svg(plot))
  }
}

const WIDTH = 110
const LIST = /^( *)("[^"]+": )?\[\n([^[\]{}]*?)\n *\](,?)$/gm

/** Laid out as the formatter would: a list of plain values takes one line if it fits. */
function json(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2)
  const inLines = text.replaceAll(LIST, (whole: string, indent: string, key = '', list = '', comma = '') => {
    const line = `${indent}${key}[${list.replaceAll(/\n */g, ' ').trim()}]${comma}`
    return line.length <= WIDTH ? line : whole
  })
  return `${inLines}\n`
}

function page(machine: string, results: readonly Result[]): string {
  const head = `# Measured by \`pnpm bench\`

${machine}. Medians over shuffled, interleaved rounds; every comparison is between two sides of one run.
`
  return [head, ...results.map(markdown)].join('\n')
}
