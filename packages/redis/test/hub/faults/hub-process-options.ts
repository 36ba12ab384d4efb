import type { Entry } from '../../../../testing/test/faults/ledger.ts'

/**
 * Ways to break a mechanism, to see that a test notices. `forgetful`: a hub does not ask Redis which events of a session are in.
 * `silent`: it does not tell that the history is another one.
 */
export type HubMutant = 'forgetful' | 'silent'

export interface HubProcessOptions {
  readonly url: string
  readonly namespace: string
  /** Of its own bus. */
  readonly name: string
  readonly library: string
  /** It is there before anything is published. */
  readonly isFirst: boolean
  readonly mutant?: HubMutant | undefined
  readonly events?: number | undefined
  /** In ms. */
  readonly appendWithin?: number | undefined
}

/** What a hub's process says; its bus handles what others have published. */
export type Told =
  | { readonly port: number }
  | { readonly published: Entry }
  | { readonly handled: Entry }
  | { readonly failed: string }
  | { readonly gap: string }
  | { readonly repeat: true }
