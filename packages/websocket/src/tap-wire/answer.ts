import type { RemoteAnswer } from '@heliobus/core'
import type { Fields } from '../protocol/fields.ts'

/** The answer to the question with that number. */
export interface TapAnswer<Type extends string, Answer> {
  readonly type: Type
  readonly request: number
  readonly answer: RemoteAnswer<Answer>
}

/** An answer, or why there is none. */
export function answerOf<Type extends string, Answer>(
  type: Type,
  fields: Fields,
  read: (fields: Fields) => Answer,
): TapAnswer<Type, Answer> {
  const answer: RemoteAnswer<Answer> = fields.has('missing')
    ? { missing: fields.text('missing') }
    : read(fields)
  return { type, request: fields.count('request'), answer }
}
