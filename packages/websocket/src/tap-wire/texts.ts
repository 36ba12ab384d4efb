import { LONGEST_TEXT } from '../protocol/fields.ts'

/** What the texts of errors are cut to: a batch must have room for others. */
export const LONGEST_ERROR = 500

/** An error as it goes over the wire: its stack and its cause stay where they are. Throws what its getters throw. */
export function errorOf(error: unknown): object | undefined {
  if (error === undefined) return undefined
  if (!(error instanceof Error)) return { message: thrownText(error) }
  const code: unknown = Reflect.get(error, 'code')
  return {
    name: maybe(error.name) ?? 'Error',
    message: maybe(error.message, LONGEST_ERROR),
    code: typeof code === 'string' ? maybe(code) : undefined,
  }
}

/** What was thrown though it is no error. */
function thrownText(thrown: unknown): string | undefined {
  return typeof thrown === 'string' ? maybe(thrown, LONGEST_ERROR) : `(thrown: ${typeof thrown})`
}

/** `null` and '' are as good as absent. */
export function maybe(text: string | null | undefined, longest?: number): string | undefined {
  return text === null || text === undefined || text === '' ? undefined : cut(text, longest)
}

/** Not longer than it may be. */
export function cut(text: string, longest: number = LONGEST_TEXT): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
