/** The part of qlobber that is measured; it comes without types. */
declare module 'qlobber' {
  interface Options {
    readonly separator?: string
    readonly wildcard_one?: string
    readonly wildcard_some?: string
  }

  export class QlobberDedup<Value> {
    constructor(options?: Options)
    add(pattern: string, value: Value): this
    remove(pattern: string, value: Value): this
    match(topic: string): Set<Value>
  }
}
