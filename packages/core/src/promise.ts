/** True for anything that can be awaited. */
export function isPromise(answer: unknown): answer is PromiseLike<unknown> {
  return (
    typeof answer === 'object' && answer !== null && typeof (answer as { then?: unknown }).then === 'function'
  )
}

/** The promise itself when it is one of the language; anything else may call back at once, or twice, or throw. */
export function toPromise(answer: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(answer)
}
