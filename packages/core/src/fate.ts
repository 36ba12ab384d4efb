import { type Settling, toOutcome } from './transport.ts'
import { type Fate, type HandlerOutcome, type Part, type Subscriber, Task } from './task.ts'

/** The outcomes of an event that was dispatched, once all its handlers have finished. */
export async function outcomesOf(fate: Fate): Promise<readonly HandlerOutcome[]> {
  for (const part of fate) if (isWorking(part)) await part.done()
  return outcomesIn(fate)
}

/** What a transport hears of it: at once, when all have. */
export function settlingOf(fate: Fate): Settling {
  return fate.some(isWorking) ? outcomesOf(fate).then(toOutcome) : toOutcome(outcomesIn(fate))
}

function isWorking(part: Part): part is Task {
  return part instanceof Task && part.ending === undefined
}

function outcomesIn(fate: Fate): readonly HandlerOutcome[] {
  const outcomes: HandlerOutcome[] = []
  for (const part of fate) {
    const outcome = isHandling(part) ? outcomeOf(part) : undefined
    if (outcome !== undefined) outcomes.push(outcome)
  }
  return outcomes
}

/** What became of an event on its way over bridges, once each has its answer; those that it did not go over are not among them. */
export async function crossingsOf(fate: Fate): Promise<readonly HandlerOutcome[]> {
  const outcomes: HandlerOutcome[] = []
  for (const part of fate) {
    if (isHandling(part) || !(part instanceof Task)) continue
    await part.done()
    outcomes.push(part.outcome!)
  }
  return outcomes
}

/** True when somebody does more with the event than carry it on. */
export function isHandled(fate: Fate): boolean {
  for (const part of fate) if (isHandling(part)) return true
  return false
}

function isHandling(part: Part): boolean {
  return part instanceof Task ? !part.subscription.forwards : !part.forwards
}

function outcomeOf(part: Part): HandlerOutcome | undefined {
  if (part instanceof Task) return part.outcome
  return { handler: part.name, patterns: part.patterns, status: 'handled', attempts: 1, ms: undefined }
}

/** A fate with what became of the subscriber at `index`; before the first out of the ordinary, all had succeeded at once. */
export function told(
  fate: Part[] | undefined,
  subscribers: readonly Subscriber[],
  index: number,
  delivered: Task | 'skipped',
): Part[] {
  if (delivered === 'skipped') return fate ?? subscribers.slice(0, index)
  const all: Part[] = fate ?? (index === 0 ? [delivered] : [...subscribers.slice(0, index), delivered])
  if (fate !== undefined) fate.push(delivered)
  delivered.fate = all
  return all
}
