// Runs examples/*.ts and compares what each prints with the comment at its end:
//
//   console.log('hello')
//
//   // prints:
//   // hello
//
// They are compiled, and import the built packages as any user does.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture, run, top } from './command.mjs'
import { sum, tally } from './tally.mjs'

const folder = join(top, 'examples')

/** @param {string} source */
function expected(source) {
  const [, block] = source.split(/^\/\/ prints:\n/m)
  if (block === undefined) throw new Error('the comment `// prints:` is missing')
  return block.replaceAll(/^\/\/ ?/gm, '').trimEnd()
}

/**
 * @param {string} name
 * @returns {Promise<void>} rejects when the example fails, or prints something else
 */
async function verify(name) {
  const wanted = expected(readFileSync(join(folder, `${name}.ts`), 'utf8'))
  const { code, output } = await capture('node', [join(folder, 'dist', `${name}.js`)])
  if (code !== 0) throw new Error(`it ended with code ${code}\n${output}`)
  if (output.trimEnd() !== wanted) throw new Error(`it printed\n${output}\ninstead of\n${wanted}`)
}

/** @param {string} name */
async function example(name) {
  const error = await verify(name).then(
    () => undefined,
    (reason) => reason.message,
  )
  console.log(error ? `✗ ${name}: ${error}` : `✓ ${name}`)
  return tally(!error)
}

/** Every example is a test. */
export async function examples() {
  if (!(await run('tsc', ['-b', 'examples']))) throw new Error('The examples do not compile')
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -3))
  if (names.length === 0) throw new Error('There are no examples')
  return sum(await Promise.all(names.map(example)))
}
