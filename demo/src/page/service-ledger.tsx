import type { ReactNode } from 'react'
import type { LedgerFacts, ServiceFacts } from '../station/service-facts.ts'
import { count, counted } from './numbers.ts'

/** Whether the ledger balances: each event that was accepted is handled or a dead letter. */
export function Verdict({ service: { ledger, isCurrent } }: { readonly service: ServiceFacts }): ReactNode {
  const [glyph, tone, text] = isCurrent ? verdictOf(ledger) : (['▲', 'warn', 'no news'] as const)
  return (
    <span className={tone} data-testid="verdict">
      <span aria-hidden="true">{glyph}</span> {text}
    </span>
  )
}

function verdictOf({ accepted, handled, dead, open }: LedgerFacts): readonly [string, string, string] {
  if (open > 0) return ['◆', 'info', `${count(open)} open`]
  return accepted === handled + dead ? ['✓', 'ok', 'balanced'] : ['◆', 'info', 'counting']
}

interface Props {
  readonly ledger: LedgerFacts
  readonly onRedrive: () => void
}

/** What became of the events, in numbers. */
export function Ledger({ ledger, onRedrive }: Props): ReactNode {
  const { accepted, handled, dead, open, duplicates } = ledger
  return (
    <>
      <dl className="ledger">
        <Entry name="accepted" value={accepted} />
        <Entry name="handled" value={handled} />
        <Entry name="dead" value={dead} tone={dead > 0 ? 'error' : ''} />
        <Entry name="open" value={open} />
        <Entry name="twice" value={duplicates} tone={duplicates > 0 ? 'warn' : ''} />
      </dl>
      {dead > 0 && (
        <div className="troubles">
          <span className="error">{counted(dead, 'dead letter')}</span>
          <button type="button" onClick={onRedrive}>
            Redrive
          </button>
        </div>
      )}
    </>
  )
}

interface EntryProps {
  readonly name: keyof LedgerFacts | 'twice'
  readonly value: number
  readonly tone?: string
}

function Entry({ name, value, tone = '' }: EntryProps): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={tone} data-testid={name}>
        {count(value)}
      </dd>
    </div>
  )
}
