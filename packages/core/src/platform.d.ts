// The whole platform that core relies on. Browsers, workers and Node all have these names; nothing else of any of them
// is visible to the compiler here, so using `window` or `Buffer` in core is a type error. Not emitted.
export {}

declare global {
  const console: {
    error(...parts: unknown[]): void
    warn(...parts: unknown[]): void
    info(...parts: unknown[]): void
    debug(...parts: unknown[]): void
  }
  const crypto: { randomUUID(): string }
  const performance: { now(): number }
  function setTimeout(run: () => void, ms?: number): unknown
  function clearTimeout(timer: unknown): void
  function queueMicrotask(run: () => void): void

  interface AbortSignal {
    readonly aborted: boolean
    readonly reason: unknown
    addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
    removeEventListener(type: 'abort', listener: () => void): void
  }
  interface AbortController {
    readonly signal: AbortSignal
    abort(reason?: unknown): void
  }
  const AbortController: { new (): AbortController }
}
