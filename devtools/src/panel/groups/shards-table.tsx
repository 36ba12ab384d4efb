import { type ReactNode, useState } from 'react'
import type { ShardReport } from '@heliobus/core'
import { ageText, type GroupTotals, shareOf } from '../../model/group-health.ts'
import type { FarGroup } from '../../remote/far-groups.ts'
import { wholeNumber } from '../look/figures.ts'

const SHOWN = 64

interface Props {
  readonly group: FarGroup
  readonly totals: GroupTotals
}

/** Each shard of a group, and the sums. */
export function ShardsTable({ group: { name, shards, retention }, totals }: Props): ReactNode {
  const [isAll, showAll] = useState(false)
  const shown = isAll ? shards : shards.slice(0, SHOWN)
  const left = shards.length - shown.length
  return (
    <>
      <table aria-label={`Shards of ${name}`}>
        <thead>
          <tr>
            <th className="hb-number hb-shard">Shard</th>
            <th>Owner</th>
            <Head title="Events that were not read yet">Lag</Head>
            <Head title="Events that were read, and not acknowledged">Pending</Head>
            <Head title="Age of the oldest event that was not handled">Oldest</Head>
            <Head title="Events that came again, since that process was started" isExtra>
              Redelivered
            </Head>
            <Head title="Events that were given up">Dead letters</Head>
          </tr>
        </thead>
        <tbody>
          {shown.map((shard) => (
            <ShardLine key={shard.shard} shard={shard} retention={retention} />
          ))}
        </tbody>
        <tfoot>
          <Totals count={shards.length} totals={totals} retention={retention} />
        </tfoot>
      </table>
      {left > 0 && (
        <button type="button" className="hb-left-out" onClick={() => showAll(true)}>
          {wholeNumber(left)} more shards: show
        </button>
      )}
    </>
  )
}

interface HeadProps {
  readonly title: string
  readonly isExtra?: boolean
  readonly children: ReactNode
}

function Head({ title, isExtra = false, children }: HeadProps): ReactNode {
  return (
    <th className={`hb-number${isExtra ? ' hb-extra' : ''}`} title={title}>
      {children}
    </th>
  )
}

interface LineProps {
  readonly shard: ShardReport
  readonly retention: number | undefined
}

function ShardLine({ shard, retention }: LineProps): ReactNode {
  const { lag, pending, age, redelivered, deadLetters } = shard
  return (
    <tr data-lasts={shard.owner === undefined || shard.isHalted ? '' : undefined}>
      <td className="hb-number hb-mono hb-shard">{shard.shard}</td>
      <td>
        <Owner shard={shard} />
      </td>
      <Figure value={lag} />
      <Figure value={pending} />
      <Age age={age} retention={retention} />
      <Figure value={redelivered} tone="hb-retry" isExtra />
      <Figure value={deadLetters} tone="hb-dead" />
    </tr>
  )
}

function Owner({ shard: { owner, fence, isHalted } }: { readonly shard: ShardReport }): ReactNode {
  if (owner === undefined)
    return (
      <span className="hb-owner hb-error">
        <span aria-hidden="true">✕</span> no owner
      </span>
    )
  return (
    <span className="hb-owner" title={`${owner}, lease ${fence ?? '?'}`}>
      <span className="hb-mono hb-cut">{owner}</span>
      {fence !== undefined && <span className="hb-faint">lease {fence}</span>}
      {isHalted && <span className="hb-error">✕ stands still</span>}
    </span>
  )
}

function Totals({
  count,
  totals,
  retention,
}: {
  readonly count: number
  readonly totals: GroupTotals
  readonly retention: number | undefined
}): ReactNode {
  const { owners, lag, isLagKnown, pending, age, redelivered, deadLetters } = totals
  return (
    <tr>
      <th scope="row" className="hb-number hb-shard">
        All
      </th>
      <td>
        {count === 1 ? '1 shard' : `${wholeNumber(count)} shards`},{' '}
        {owners === 1 ? '1 member' : `${wholeNumber(owners)} members`}
      </td>
      <Figure value={lag} more={isLagKnown ? '' : '+'} />
      <Figure value={pending} />
      <Age age={age} retention={retention} />
      <Figure value={redelivered} tone="hb-retry" isExtra />
      <Figure value={deadLetters} tone="hb-dead" />
    </tr>
  )
}

interface FigureProps {
  readonly value: number | undefined
  /** Of anything but 0. */
  readonly tone?: string
  readonly more?: string
  readonly isExtra?: boolean
}

function Figure({ value, tone = '', more = '', isExtra = false }: FigureProps): ReactNode {
  const look = value === undefined || value === 0 ? 'hb-faint' : tone
  return (
    <td className={`hb-number hb-mono ${look}${isExtra ? ' hb-extra' : ''}`}>
      {value === undefined ? <span title="Redis can't tell">?</span> : `${wholeNumber(value)}${more}`}
    </td>
  )
}

function Age({
  age,
  retention,
}: {
  readonly age: number | undefined
  readonly retention: number | undefined
}): ReactNode {
  if (age === undefined) return <td className="hb-number hb-faint">–</td>
  const share = shareOf(age, retention) ?? 0
  const tone = share >= 0.8 ? 'hb-error' : share >= 0.5 ? 'hb-warn' : ''
  return (
    <td className={`hb-number hb-mono ${tone}`}>
      {tone !== '' && <span aria-hidden="true">{share >= 0.8 ? '✕' : '▲'} </span>}
      {ageText(age)}
    </td>
  )
}
