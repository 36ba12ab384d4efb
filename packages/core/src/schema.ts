import { BusError, type Issue } from './errors.ts'
import { unquoted } from './quoting.ts'

/**
 * The part of Standard Schema v1 (standardschema.dev) that Heliobus uses. zod 4, valibot and arktype schemas have it, so
 * the choice of a validator stays with the user and none is a dependency.
 */
export interface Schema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/**
 * What gives the schema's output for data, or throws `payload-invalid` with the issues, `schema-async`. No issue quotes what
 * is secret in the data: by its name, or by one of the paths.
 */
export function parserOf<Output>(
  schema: Schema<unknown, Output>,
  topic: string,
  sensitive: readonly string[],
): (data: unknown) => Output {
  const standard = schema['~standard']
  return (data) => {
    const result = standard.validate(data)
    if ('value' in result && result.issues === undefined) return result.value
    return refuse(result, topic, data, sensitive)
  }
}

type Answer<Output> = SchemaResult<Output> | Promise<SchemaResult<Output>>

function refuse(result: Answer<unknown>, topic: string, data: unknown, sensitive: readonly string[]): never {
  if ('issues' in result && result.issues !== undefined) {
    const issues = unquoted(result.issues.map(toIssue), data, sensitive)
    throw new BusError('payload-invalid', { topic, issues })
  }
  if (result instanceof Promise) result.catch(() => undefined) // the publisher hears schema-async; its own fate is nobody's
  throw new BusError('schema-async', { topic })
}

/** Whether a schema takes its own output back after a JSON round trip: on arrival over a bridge it must. */
export function acceptsOwnOutput(schema: Schema, output: unknown): boolean {
  try {
    const returned: unknown = JSON.parse(JSON.stringify(output) ?? 'null')
    const result = schema['~standard'].validate(returned)
    return !(result instanceof Promise) && result.issues === undefined
  } catch {
    return false
  }
}

function toIssue({ message, path = [] }: SchemaIssue): Issue {
  return { message, path: path.map((part) => (typeof part === 'object' ? part.key : part)) }
}
