import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../../scripts/bundle.mjs'

/** Beside the package's own modules, where the clients are found. */
const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))
const files = new Map<string, Promise<string>>()

/** A module that a process of its own can run, with the sources it uses. Made once. */
export function compiled(entry: URL): Promise<string> {
  const file = files.get(entry.href) ?? compile(entry)
  files.set(entry.href, file)
  return file
}

async function compile(entry: URL): Promise<string> {
  mkdirSync(cache, { recursive: true })
  const file = join(cache, `${basename(entry.pathname, '.ts')}-${process.pid}.mjs`)
  writeFileSync(file, await bundle(entry, ['redis', 'ioredis', 'ws']))
  return file
}
