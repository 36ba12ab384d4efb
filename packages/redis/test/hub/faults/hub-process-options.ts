import type { Entry } from '../../../../testing/test/faults/ledger.ts'
import type { Mutant } from '../mutants.ts'

/** Ways to break a mechanism of a client for Redis, to see that a test notices. */
export const clientMutants = [
  'careless',
  'forgetful',
  'insistent',
  'deaf',
] as const satisfies readonly Mutant[]

/**
 * The same, and of a hub. `silent`: nobody is told that the history is another one. `hasty`: events count as accepted before
 * Redis has them. `impatient`: a hub does not read on before it welcomes a client. `patient`: a connection that does not answer
 * is waited for.
 */
export type HubMutant = (typeof clientMutants)[number] | 'silent' | 'hasty' | 'impatient' | 'patient'

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
