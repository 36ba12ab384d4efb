import type { DeadLetters } from '@heliobus/core'
import { useEffect, useState } from 'react'
import type { ListedLetter } from '../../model/listed-letter.ts'
import { wholeNumber } from '../look/figures.ts'
import { usePanel } from '../use-panel.ts'
import { type Fate, fateOf } from './tally.ts'

/** Where letters would go. */
interface Plan {
  /** How many would go to which handler; '' for whoever takes the event now. */
  readonly goes: ReadonlyMap<string, number>
  /** How many have none. */
  readonly stays: number
}

/** Asks the bus, which hands nothing to anybody. */
async function planFor(desk: DeadLetters, letters: readonly ListedLetter[]): Promise<Plan> {
  const goes = new Map<string, number>()
  const fates = await Promise.all(letters.map(async (letter) => dryRun(desk, letter)))
  for (const [index, letter] of letters.entries()) {
    const place = placeOf(letter)
    if (fates[index] === 'would-go') goes.set(place, (goes.get(place) ?? 0) + 1)
  }
  return { goes, stays: fates.filter((fate) => fate === 'handler-gone').length }
}

/** A consumer group hands on what it is told to: its handlers are not known here. */
async function dryRun(desk: DeadLetters, { id, group }: ListedLetter): Promise<Fate> {
  if (group !== undefined) return 'would-go'
  return desk.redrive(id, { dryRun: true }).then(([redriven]) => redriven?.status ?? 'gone', fateOf)
}

/** Where it would go; '' for whoever takes the event now. */
function placeOf({ handler = '', group }: ListedLetter): string {
  return group === undefined ? handler : `the end of the log, for ${handler || 'all handlers'} of ${group}`
}

const INTERVAL = 2_000 // ms: a handler may come or go

/** Where letters would go, in words; '' until it is known. */
export function usePlan(desk: DeadLetters, letters: readonly ListedLetter[]): string {
  const { pulse } = usePanel()
  const [text, setText] = useState('')
  useEffect(() => {
    let [isWanted, askedAt] = [true, Number.NEGATIVE_INFINITY]
    const tell = (plan: Plan): void => {
      if (isWanted) setText(planText(plan, letters.length))
    }
    const ask = (): void => {
      if (pulse.now - askedAt < INTERVAL) return
      askedAt = pulse.now
      void planFor(desk, letters).then(tell)
    }
    ask()
    const forget = pulse.listen(ask)
    return () => {
      isWanted = false
      forget()
    }
  }, [pulse, desk, letters])
  return text
}

function planText({ goes, stays }: Plan, all: number): string {
  const some = (count: number): string => (all === 1 ? 'It' : wholeNumber(count))
  const parts = [...goes].map(
    ([handler, count]) => `${some(count)} would go to ${handler || 'whoever takes it now'}`,
  )
  if (stays > 0) parts.push(`${some(stays)} ${stays === 1 ? 'has' : 'have'} no handler any more`)
  return parts.join(' · ')
}
