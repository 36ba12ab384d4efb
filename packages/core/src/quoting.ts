import type { Issue } from './errors.ts'
import { isMembers } from './json.ts'
import { type Secrecy, secrecyOf } from './secrecy.ts'
import { isSecretName } from './secret-names.ts'

const INSTEAD = "does not fit; the schema's own words quote a secret"
const DEEPEST = 32
const MOST = 10_000

/**
 * Some schemas say what they were given, and errors are shown to many: words that quote a secret are replaced. Secret is what
 * is under a secret name, and what these paths lead to, or would lead to if the data had its shape.
 */
export function unquoted(
  issues: readonly Issue[],
  data: unknown,
  sensitive: readonly string[],
): readonly Issue[] {
  const secrets = new Secrets()
  const isKnown = secrets.lookInto(data, secrecyOf(sensitive))
  return issues.map((issue) =>
    isKnown && !secrets.areQuotedIn(issue.message) ? issue : { ...issue, message: INSTEAD },
  )
}

const byName = secrecyOf([], isSecretName)

/** The texts of what is secret in some data. */
class Secrets {
  readonly #texts = new Set<string>()
  #values = 0

  /** False when there is something that it can't see through, or too much of it. */
  lookInto(data: unknown, declared: Secrecy): boolean {
    try {
      return this.#look(data, declared, false, 0)
    } catch {
      return false // a getter threw
    }
  }

  areQuotedIn(message: string): boolean {
    return [...this.#texts].some((text) => message.includes(text))
  }

  /** `isHidden`: it is inside of a secret. */
  #look(value: unknown, declared: Secrecy, isHidden: boolean, depth: number): boolean {
    if (!isMembers(value)) {
      if (isHidden || !declared.isOver) this.#add(value)
      return true
    }
    if (depth > DEEPEST) return false
    const isList = Array.isArray(value)
    return Object.keys(value).every((name) => {
      const member = value[name]
      const hides = isHidden || [declared, byName].some((secrecy) => secrecy.hides(name, isList, member))
      return ++this.#values < MOST && this.#look(member, declared.inside(name), hides, depth + 1)
    })
  }

  /** As it is, and as JSON writes it. What is no text and no number gives nothing away. */
  #add(value: unknown): void {
    if (typeof value === 'number' || typeof value === 'bigint') this.#texts.add(String(value))
    if (typeof value !== 'string' || value === '') return
    this.#texts.add(value).add(JSON.stringify(value).slice(1, -1))
  }
}
