import { type Result, sentence } from './table.ts'

/** A section with the table, what it must meet, and how it was measured. */
export function markdown({ title, columns, rows, bars, note }: Result): string {
  const rule = columns.map((_, index) => (index === 0 ? '---' : '--:'))
  const lines = [columns, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  const demands = bars.map((bar) => `- ${sentence(bar)}`)
  return [`## ${title}`, lines.join('\n'), demands.join('\n'), note ?? '']
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}
