import type { AnyBus } from '@heliobus/core'

/** A module that runs. It speaks and hears through its scope only, and closing that ends it. */
export interface Module {
  readonly scope: AnyBus
  /** What it knows, in one line. */
  readonly stateLine: () => string
  /** Whether what it knows is out of date. Default: it never is. */
  readonly needsCare?: () => boolean
  /** Of one that runs elsewhere: where, and what it has done there. Default: it runs here. */
  readonly elsewhere?: () => Elsewhere
}

interface Elsewhere {
  readonly place: string
  readonly handled: number
  readonly failures: number
}
