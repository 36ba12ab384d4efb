// pnpm bench:semantics: which libraries keep the ordering contract, as a Markdown table. Nothing is timed.
import { type ContractCase, orderingContract, type OrderingSubject, runContract } from '@heliobus/testing'
import { type NamedSubject, subjects } from './semantics-subjects.ts'

type Case = ContractCase<OrderingSubject>
type Mark = '✓' | '✗' | '—'

/** Long enough for any of them: nothing here waits for more than a turn of the event loop. */
const DEADLINE = 1_000 // ms

const escaped: unknown[] = []
process.on('uncaughtException', (error) => escaped.push(error))

/** What leaves a handler by way of the process is a failure too; so is what never comes to an end. */
async function markOf(one: Case, subject: NamedSubject): Promise<Mark> {
  escaped.length = 0
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, DEADLINE, undefined).unref())
  const results = await Promise.race([runContract([one], subject), late])
  const status = results?.[0]?.status
  if (status === 'skipped') return '—'
  return status === 'passed' && escaped.length === 0 ? '✓' : '✗'
}

async function rowOf(one: Case): Promise<string> {
  const marks: Mark[] = []
  for (const subject of subjects) marks.push(await markOf(one, subject))
  return rowFrom([one.name, ...marks])
}

function rowFrom(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

console.log(rowFrom(['', ...subjects.map(({ name }) => name)]))
console.log(rowFrom(['---', ...subjects.map(() => ':-:')]))
for (const one of orderingContract) console.log(await rowOf(one))
