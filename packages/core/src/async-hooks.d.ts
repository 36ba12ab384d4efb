// What `node.ts` relies on of Node. Not emitted.
declare module 'node:async_hooks' {
  class AsyncLocalStorage<T> {
    run<R>(store: T, call: () => R): R
    getStore(): T | undefined
  }
}
