import { BusError } from './errors.ts'
import type { BusEvent, PublishOptions } from './event.ts'
import { fitted, type Masked } from './fitting.ts'
import { checkOption } from './option.ts'
import { acceptsOwnOutput, parserOf, type Schema } from './schema.ts'
import { faultInPaths, leadsToSecret } from './secrecy.ts'
import { isInternal, parseTopic } from './topic.ts'

/** Names the entity that an event's order is kept for. */
type KeyOf<E extends BusEvent> = { keyOf(event: E): string | undefined }['keyOf']

/** Brings data of one version to the next. A method's type, so that it may say what it expects of data that nobody checked. */
type Upcast = { upcast(data: unknown): unknown }['upcast']

/** What a definition says of its event. Only `data` is needed; the rest documents it and guides its delivery. */
export interface DefinitionOptions<Type extends string, Input, Output> {
  /** Checks and types the data. It must accept its own output after a JSON round trip: it runs again on arrival. */
  readonly data: Schema<Input, Output>
  /** One sentence: what happened. */
  readonly summary?: string
  /** When it happens. */
  readonly trigger?: string
  /** Who publishes it. */
  readonly producer?: string
  /** Who takes it, and what each does with it. */
  readonly consumers?: Readonly<Record<string, string>>
  /** Of the data's shape, a whole number. Default 1. */
  readonly version?: number
  /**
   * For data of older versions, by version: each brings data one version further, and they are chained up to the newest.
   * Applied to what arrives over a bridge or comes from a log, before the schema checks it. Without one for its version,
   * data is left to the schema as it is.
   */
  readonly upcast?: Readonly<Record<number, Upcast>>
  /** The ordering key of an event. Default: its subject, else its user. */
  readonly key?: KeyOf<BusEvent<Type, NoInfer<Output>>>
  /**
   * Paths in the data that never leave the process unmasked: over a bridge (unless it may `reveal` them), into a log, in the
   * devtools. Names joined by dots, as in `card.number`; `*` is any one member or index, `**` any number of them. At most
   * 1,000 characters in all. Handlers, the history and the tap have the data itself.
   */
  readonly sensitive?: readonly string[]
  readonly examples?: readonly NoInfer<Input>[]
  /** Who subscribes later gets the newest event of each key first. At most 10,000 are kept. Default false. */
  readonly retain?: boolean
}

/** A topic with its schema and documentation. Called with data, it makes a draft for `bus.publish`. */
export interface EventDefinition<Type extends string, Input, Output> extends Readonly<
  Omit<DefinitionOptions<Type, Input, Output>, 'key' | 'version'>
> {
  (data: Input, options?: PublishOptions): Draft<Type, Input>
  readonly type: Type
  readonly version: number
  /** What a handler gets for this data: the schema's output. Throws `payload-invalid` with the issues, `schema-async`. */
  readonly parse: (data: unknown) => Output
  /** Whether the schema takes `output`, which it has given, back after a JSON round trip. */
  accepts(output: unknown): boolean
  /** See `upgrade`. */
  fit(event: BusEvent, masked: Masked): BusEvent
  /** Whether a way through the data, name by name, leads to what is declared as `sensitive`. */
  readonly isSensitive: (way: readonly string[]) => boolean
  readonly key?: KeyOf<BusEvent<Type, Output>>
}

/** Any definition, for code that is not about a particular event. */
export interface AnyDefinition extends Readonly<
  Omit<DefinitionOptions<string, unknown, unknown>, 'key' | 'version'>
> {
  (data: never, options?: PublishOptions): Draft
  readonly type: string
  readonly version: number
  readonly parse: (data: unknown) => unknown
  accepts(output: unknown): boolean
  fit(event: BusEvent, masked: Masked): BusEvent
  readonly isSensitive: (way: readonly string[]) => boolean
  readonly key?: KeyOf<BusEvent>
}

/** An event not yet published. */
export interface Draft<Type extends string = string, Input = unknown> {
  readonly type: Type
  readonly data: Input
  readonly options: PublishOptions | undefined
}

/**
 * Defines an event. Throws `topic-invalid` for a topic with wildcards, a leading `$` or a malformed segment, and
 * `option-invalid` for a version that is no whole number, an `upcast` that does not lead up to it, and malformed paths in
 * `sensitive`.
 *
 * @example
 * const UserCreated = defineEvent('user.created', { data: z.object({ name: z.string() }), summary: 'Somebody signed up' })
 * bus.publish(UserCreated({ name: 'Ada' }))
 */
export function defineEvent<const Type extends string, Input, Output>(
  type: Type,
  options: DefinitionOptions<Type, Input, Output>,
): EventDefinition<Type, Input, Output> {
  parseTopic(type)
  if (isInternal(type))
    throw new BusError('topic-invalid', {
      topic: type,
      reason: 'starts with $, which is kept for the bus itself',
    })
  const { version = 1, upcast, sensitive = [] } = options
  checkOption('version', version, isVersion, `of "${type}" must be a whole number`)
  const steps = upcast && Object.keys(upcast).map(Number)
  checkOption(
    'upcast',
    steps,
    leadingTo(version),
    `of "${type}" must take each version to the next, up to ${version}`,
  )
  const fault = faultInPaths(sensitive)
  if (fault !== undefined)
    throw new BusError('option-invalid', { option: 'sensitive', reason: `of "${type}" ${fault}` })
  const draft = (data: Input, publishOptions?: PublishOptions): Draft<Type, Input> => ({
    type,
    data,
    options: publishOptions,
  })
  const parse = parserOf(options.data, type, sensitive)
  const shape = { ...options, type, version, parse }
  return Object.assign(draft, shape, {
    accepts: (output: unknown) => acceptsOwnOutput(options.data, output),
    fit: (event: BusEvent, masked: Masked) => fitted(event, shape, masked),
    isSensitive: leadsToSecret(sensitive),
  })
}

function isVersion(version: number): boolean {
  return Number.isInteger(version) && version >= 0
}

/** Each version, from the oldest that is known on, has a step to the next; and there is none beyond. */
function leadingTo(version: number): (steps: readonly number[]) => boolean {
  return (steps) => {
    const oldest = Math.min(...steps, version)
    return steps.length === version - oldest && steps.every((one) => isVersion(one) && one < version)
  }
}
