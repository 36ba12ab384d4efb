import { type KeyboardEvent, type RefObject, useLayoutEffect, useState } from 'react'
import { usePanel } from '../use-panel.ts'
import { complete, isBeginning, typedAt } from './completing.ts'
import { historyOffer, move, type Offer, wordsAt } from './filter-offer.ts'

/** What goes on under the field. */
export interface Completing {
  readonly offer: Offer | undefined
  /** After something was typed. */
  readonly typed: () => void
  /** Takes an option into the text. */
  readonly take: (word: string) => void
  /** Answers whether the key was one of completing. */
  readonly press: (event: KeyboardEvent) => boolean
  /** Ends it, and remembers the filter. */
  readonly end: () => void
}

const KEPT = 20

/** Completion in a field that shows the session's filter: words at the cursor, or with ArrowUp in an empty field the last 20 filters. */
export function useCompletion(input: RefObject<HTMLInputElement | null>): Completing {
  const panel = usePanel()
  const [offer, setOffer] = useState<Offer>()
  const [history, setHistory] = useState<readonly string[]>([])
  const [placed, setPlaced] = useState<{ readonly cursor: number }>()
  useLayoutEffect(() => {
    if (placed !== undefined) input.current?.setSelectionRange(placed.cursor, placed.cursor)
  }, [input, placed])

  const atCursor = (): readonly [text: string, cursor: number] => {
    const text = input.current?.value ?? ''
    return [text, input.current?.selectionEnd ?? text.length]
  }
  const words = (): Offer | undefined => wordsAt(...atCursor(), panel.session.recorder.rows)
  const take = (word: string): void => {
    const [text, cursor] = atCursor()
    const filled =
      offer?.isHistory === true ? { text: word, cursor: word.length } : complete(text, cursor, word)
    panel.session.view.setFilter(filled.text)
    setPlaced({ cursor: filled.cursor })
    setOffer(isBeginning(word) ? wordsAt(filled.text, filled.cursor, panel.session.recorder.rows) : undefined)
  }
  const end = (): void => {
    const filter = panel.session.view.text.trim()
    setOffer(undefined)
    if (filter !== '')
      setHistory((before) => [filter, ...before.filter((one) => one !== filter)].slice(0, KEPT))
  }
  const openBy = (key: string): Offer | undefined => {
    const isEmpty = panel.session.view.text === ''
    return key === 'ArrowUp' && isEmpty ? historyOffer(history) : words()
  }
  const press = (event: KeyboardEvent): boolean => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const word = offer && wordTaken(event, offer)
    if (step !== undefined) setOffer(offer === undefined ? openBy(event.key) : move(offer, step))
    else if (word !== undefined) take(word)
    else if (event.key === 'Escape' && offer !== undefined) setOffer(undefined)
    else return false
    return true
  }
  return {
    offer,
    typed: () => setOffer(typedAt(...atCursor()) === '' ? undefined : words()),
    take,
    press,
    end,
  }
}

/** Tab takes the first option when none is chosen; Enter leaves the text as it is then. */
function wordTaken({ key, shiftKey }: KeyboardEvent, { options, active }: Offer): string | undefined {
  if (key === 'Enter') return options[active]?.word
  return key === 'Tab' && !shiftKey ? options[Math.max(0, active)]?.word : undefined
}
