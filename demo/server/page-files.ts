import { readdir, readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'

interface PageFile {
  readonly body: Buffer
  readonly type: string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** The built page, by path. All of it is read at the start: no request ever leads to the disk. */
export class PageFiles {
  readonly #files: ReadonlyMap<string, PageFile>

  private constructor(files: ReadonlyMap<string, PageFile>) {
    this.#files = files
  }

  static async read(folder: string): Promise<PageFiles> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const paths = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
    const files = paths.map(async (path) => {
      const type = types[extname(path)] ?? 'application/octet-stream'
      return [
        `/${relative(folder, path).split(sep).join('/')}`,
        { body: await readFile(path), type },
      ] as const
    })
    return new PageFiles(new Map(await Promise.all(files)))
  }

  /** Whether there is such a file; then it is sent. Names under `assets` change with what is in them. */
  send(path: string, response: ServerResponse): boolean {
    const file = this.#files.get(path === '/' ? '/index.html' : path)
    if (file === undefined) return false
    response.writeHead(200, {
      'content-type': file.type,
      'cache-control': path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
    })
    response.end(file.body)
    return true
  }
}
