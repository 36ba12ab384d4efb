/** One thing that every implementation must do, as data: any test runner can run it, in any place. */
export interface ContractCase<Subject extends ContractSubject> {
  /** In a user's words. */
  readonly name: string
  /** Traits without which an implementation can't meet the case: it is skipped then. */
  readonly needs?: readonly (keyof Subject['traits'] & string)[]
  /** Rejects with a plain error that says what was wrong. */
  run(subject: Subject): Promise<void>
}

/** What is put to the test; its traits say what it promises. */
export interface ContractSubject {
  readonly traits: object
}

/** What came of a case. */
export interface ContractResult {
  readonly name: string
  readonly status: 'passed' | 'failed' | 'skipped'
  /** Why it failed. */
  readonly error?: unknown
  /** The traits that a skipped case needs, and the subject hasn't. */
  readonly missing?: readonly string[]
}

/** The part of a test runner that `declareContract` uses: vitest's and jest's `test`, and `node:test`. */
export interface TestFunction {
  (name: string, run: () => Promise<void>): unknown
  readonly skip: (name: string) => unknown
}

/** The traits that the case needs and the subject hasn't. */
export function missingTraits<S extends ContractSubject>(
  one: ContractCase<S>,
  subject: S,
): readonly string[] {
  const present = new Set(
    Object.entries(subject.traits).flatMap(([trait, value]) => (value === true ? [trait] : [])),
  )
  return (one.needs ?? []).filter((trait) => !present.has(trait))
}

/**
 * Declares every case as a test of a runner. A case that the subject can't meet is skipped, and its name says why.
 *
 * @example
 * describe('the transport contract', () => declareContract(transportContract, subject, test))
 */
export function declareContract<S extends ContractSubject>(
  cases: readonly ContractCase<S>[],
  subject: S,
  test: TestFunction,
): void {
  for (const one of cases) {
    const missing = missingTraits(one, subject)
    if (missing.length === 0) test(one.name, () => one.run(subject))
    else skip(one.name, missing, test)
  }
}

/** Runs every case, one after the other, without a test runner: in a page, in a script. Never rejects. */
export async function runContract<S extends ContractSubject>(
  cases: readonly ContractCase<S>[],
  subject: S,
): Promise<ContractResult[]> {
  const results: ContractResult[] = []
  for (const one of cases) results.push(await runCase(one, subject))
  return results
}

async function runCase<S extends ContractSubject>(one: ContractCase<S>, subject: S): Promise<ContractResult> {
  const { name } = one
  const missing = missingTraits(one, subject)
  if (missing.length > 0) return { name, status: 'skipped', missing }
  try {
    await one.run(subject)
    return { name, status: 'passed' }
  } catch (error) {
    return { name, status: 'failed', error }
  }
}

function skip(name: string, missing: readonly string[], test: TestFunction): void {
  const title = `${name} (skipped: not ${missing.join(', not ')})`
  console.info(title)
  test.skip(title)
}
