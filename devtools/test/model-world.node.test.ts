import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const model = join(root, 'devtools/src/model')

/** Compiles the model, and what is put beside it, where no DOM and no Node is known. Answers with what the compiler says. */
async function complaints(beside: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'model-'))
  try {
    await writeFile(join(folder, 'beside.ts'), beside)
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings(folder)))
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    await promisify(execFile)(process.execPath, [compiler, '-p', folder])
    return ''
  } catch (error) {
    const { stdout } = error as { readonly stdout?: string }
    if (!stdout) throw error
    return stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}

function settings(folder: string): object {
  return {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      rootDir: '/',
      outDir: join(folder, 'out'),
      composite: false,
      noEmit: true,
      tsBuildInfoFile: null,
    },
    include: [model, join(folder, 'beside.ts'), join(root, 'packages/core/src/*.d.ts')],
  }
}

test('the model compiles where there is no DOM', async () => {
  expect(await complaints('export {}')).toBe('')
  expect(await complaints('export const width: unknown = window.innerWidth')).toContain("'window'")
}, 60_000)

test('the model imports core and itself, and nothing else', async () => {
  const files = await readdir(model)
  const sources = await Promise.all(files.map((file) => readFile(join(model, file), 'utf8')))
  const imports = sources.flatMap((source) =>
    [...source.matchAll(/from '([^']+)'/g)].map(([, from]) => from!),
  )
  expect(imports.length).toBeGreaterThan(50)
  expect(imports.filter((from) => !/^\.\/[\w-]+\.ts$/.test(from) && from !== '@heliobus/core')).toEqual([])
})
