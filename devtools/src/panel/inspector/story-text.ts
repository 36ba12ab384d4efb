import { isCall } from '../../model/delivery.ts'
import type { HandlerStory, Standing } from '../../model/handler-story.ts'
import { duration } from '../look/figures.ts'
import { reasonText, retryText } from './delivery-text.ts'

type Words = (story: HandlerStory, passed: number) => string

const words: Readonly<Record<Standing, Words>> = {
  handled: handledText,
  waiting: waitingText,
  redriven: (story) => `failed ${failuresOf(story)}, and has it again`,
  cancelled: cancelledText,
  failed: (story) => `failed ${failuresOf(story)}, and gave up`,
  dead: (story) => `${givenUpText(story)}; it is a dead letter`,
  discarded: (story) => `${givenUpText(story)}; the dead letter was discarded`,
}

/** What a handler made of an event, in words that go on from its name. `passed` is how long ago the event came, in ms. */
export function storyText(story: HandlerStory, passed: number): string {
  return words[story.standing](story, passed)
}

function handledText({ deliveries }: HandlerStory): string {
  const call = deliveries.findLast(isCall)
  const took = call?.ms === undefined ? '' : ` in ${duration(call.ms)}`
  const count = deliveries.filter(isCall).length
  if (call === undefined || count < 2) return `handled it${took}`
  return `handled it with call ${count}${took}, ${duration(call.after)} after it came`
}

function waitingText(story: HandlerStory, passed: number): string {
  const last = story.deliveries.findLast(({ fate }) => fate === 'failed')
  const next = last?.fate === 'failed' ? retryText(last.retryIn ?? 0, passed - last.after) : ''
  return `failed ${failuresOf(story)}, ${next}`
}

function cancelledText({ deliveries }: HandlerStory): string {
  const last = deliveries.findLast(({ fate }) => fate === 'cancelled')
  return `did not finish with it: ${last?.fate === 'cancelled' ? reasonText(last.reason) : ''}`
}

function givenUpText(story: HandlerStory): string {
  const last = story.deliveries.findLast(({ fate }) => fate === 'buried')
  if (last?.fate === 'buried' && last.reason !== 'failed')
    return `did not take it: ${reasonText(last.reason)}`
  return `failed ${failuresOf(story)}, and gave up`
}

function failuresOf({ deliveries }: HandlerStory): string {
  const count = deliveries.filter(({ fate }) => fate === 'failed').length
  return count < 3 ? (['', 'once', 'twice'][count] ?? '') : `${count} times`
}
