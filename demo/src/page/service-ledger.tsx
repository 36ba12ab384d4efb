import type { ReactNode } from 'react'
import { isBalanced, type LedgerFacts, type ServiceFacts } from '../station/service-facts.ts'
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

function verdictOf(ledger: LedgerFacts): readonly [string, string, string] {
  if (isBalanced(ledger)) return ['✓', 'ok', 'balanced']
  return ['◆', 'info', ledger.open > 0 ? `${count(ledger.open)} open` : 'counting']
}

interface Props {
  readonly ledger: LedgerFacts
  readonly onRedrive: () => void
}

/** What became of the events, in numbers. */
export function Ledger({ ledger, onRedrive }: Props): ReactNode {
  const { accepted, handled, dead, discarded, open, duplicates } = ledger
  return (
    <>
      <dl className="ledger">
        <Entry name="accepted" value={accepted} />
        <Entry name="handled" value={handled} />
        <Entry name="dead" value={dead} tone={dead > 0 ? 'error' : ''} />
        <Entry name="open" value={open} />
        <Entry name="twice" value={duplicates} tone={duplicates > 0 ? 'warn' : ''} />
      </dl>
      {dead + discarded > 0 && (
        <div className="troubles">
          <span className={dead > 0 ? 'error' : ''}>{counted(dead, 'dead letter')}</span>
          {discarded > 0 && <span>{count(discarded)} discarded</span>}
          <button type="button" disabled={dead === 0} onClick={onRedrive}>
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
