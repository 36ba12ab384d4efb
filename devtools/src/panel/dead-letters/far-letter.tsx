import { type ReactNode, useEffect } from 'react'
import type { FarLetter } from '../../remote/far-letters.ts'
import { AskedFor } from '../inspector/asked-for.tsx'
import { PayloadBrowser } from '../inspector/payload-browser.tsx'
import { wholeNumber } from '../look/figures.ts'
import { useSession } from '../use-panel.ts'

interface Props {
  readonly letter: FarLetter
}

/** What is counted of a letter of a consumer group. */
export function FarFacts({ letter: { group, calls, deliveries, redrives } }: Props): ReactNode {
  const counts = [
    times(calls, 'called'),
    times(deliveries, 'handed out'),
    ...(redrives > 0 ? [times(redrives, 'redriven')] : []),
  ]
  return (
    <p className="hb-dim">
      <span className="hb-letter-of">{group}</span> {counts.join(', ')}
    </p>
  )
}

function times(count: number, what: string): string {
  if (count === 0) return `never ${what}`
  return `${what} ${count === 1 ? 'once' : `${wholeNumber(count)} times`}`
}

/** Asks for the data of a letter's event, which is masked over there. */
export function FarLetterPayload({ letter }: Props): ReactNode {
  const letters = useSession().far?.letters // renders anew when something has come
  const place = letters?.placeOf(letter)
  useEffect(() => {
    if (place === 'away') letters?.pull(letter)
  }, [letters, letter, place])
  if (place === 'here') return <PayloadBrowser data={letters?.dataOf(letter)} />
  return <AskedFor from={letter.group} place={place} onAsk={() => letters?.pull(letter)} />
}
