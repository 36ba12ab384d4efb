import { isBusError } from '@heliobus/core'
import type { RedisStreams } from '@heliobus/redis'
import type { GroupAnswer, GroupQuestion } from './messages.ts'

/** Answers for a group as one of its members. Never rejects. */
export async function answerOf(group: RedisStreams, question: GroupQuestion): Promise<GroupAnswer> {
  try {
    return { value: await valueOf(group, question) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { failure: { message, code: isBusError(error) ? error.code : undefined } }
  }
}

function valueOf(group: RedisStreams, question: GroupQuestion): Promise<unknown> {
  const { deadLetters, parked } = group
  if (question.about === 'inspect') return group.inspect()
  if (question.about === 'list') return deadLetters.list(question.filter)
  if (question.about === 'parked') return parked.list()
  if (question.about === 'release') return parked.release(question.key, { skipFirst: question.skipFirst })
  return deadLetters[question.about](question.letter)
}
