import { fork } from 'node:child_process'
import { quick, thorough } from './measure.ts'
import type { Result } from './table.ts'
import { isTableName, type TableName, tables } from './tables.ts'

const MARK = '--child'

/** V8 optimises and collects on the thread that is measured: the cost is on its cause, however busy the other cores are. */
const execArgv = ['--expose-gc', '--single-threaded']

/** The table that this process was started for by `runApart`. */
export function ownTable(): TableName | undefined {
  return process.argv.includes(MARK) ? tableAfter(MARK) : undefined
}

/** The table that is named after `flag`. */
export function tableAfter(flag: string): TableName {
  const name = process.argv[process.argv.indexOf(flag) + 1] ?? ''
  if (isTableName(name)) return name
  throw new Error(`There is no table "${name}". There are: ${Object.keys(tables).join(', ')}`)
}

/** Runs the table, and sends its result to the process that started this one. */
export async function runHere(name: TableName): Promise<void> {
  const table = await tables[name]()
  const result = await table.run(isQuick() ? quick : thorough)
  process.send?.(JSON.stringify(result), () => process.exit())
}

/** Runs the table in a process of its own, so that no table inherits what the optimiser learned in another. */
export function runApart(name: TableName): Promise<Result> {
  const entry = process.argv[1]!
  const child = fork(entry, [MARK, name, ...(isQuick() ? ['--quick'] : [])], { execArgv })
  return new Promise((resolve, reject) => {
    child.on('message', (json: string) => resolve(JSON.parse(json)))
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`the table ${name} ended with code ${code}`)))
  })
}

export function isQuick(): boolean {
  return process.argv.includes('--quick')
}
