import { runInThisContext } from 'node:vm'

/** What every handler leaves behind, so that no call of one can be optimised away. */
export const sink: { count: number; last: unknown } = { count: 0, last: undefined }

export type Handler = (value: unknown) => void

/** `called back`: is given a callback as well, and calls it. `async`: answers with a resolved promise. */
export type Style = 'plain' | 'called back' | 'async'

type MakeHandler = (into: typeof sink) => Handler

const sources: Readonly<Record<Style, readonly [head: string, end: string]>> = {
  plain: ['(value)', ''],
  'called back': ['(value, done)', 'done()'],
  async: ['async (value)', ''],
}

let made = 0

function maker(style: Style): MakeHandler {
  const [head, end] = sources[style]
  const code = `(sink) => ${head} => { sink.count += 1; sink.last = value; ${end} /* ${made++} */ }`
  return runInThisContext(code)
}

/**
 * A handler of its own source code. Closures of one function literal share their optimised code, and V8 would inline
 * the one handler there is; a real program has many.
 */
export function distinctHandler(style: Style = 'plain'): Handler {
  return maker(style)(sink)
}

/** Makes handlers by the thousand: each a closure of its own, of one of 16 source codes. */
export function handlerPool(style: Style = 'plain'): () => Handler {
  const makers = Array.from({ length: 16 }, () => maker(style))
  let next = 0
  return () => makers[next++ & 15]!(sink)
}
