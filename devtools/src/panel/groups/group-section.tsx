import { type ReactNode, useId } from 'react'
import { totalsOf, troublesOf } from '../../model/group-health.ts'
import type { FarGroup } from '../../remote/far-groups.ts'
import { usePanel } from '../use-panel.ts'
import { BlockedKeys } from './blocked-keys.tsx'
import { ShardsTable } from './shards-table.tsx'

const glyphs = { error: '✕', warn: '▲', dead: '▣' } as const

/** One group: what is wrong, each shard, and the keys that are kept back. */
export function GroupSection({ group }: { readonly group: FarGroup }): ReactNode {
  const id = useId()
  const totals = totalsOf(group.shards)
  return (
    <section className="hb-group" aria-labelledby={id}>
      <h2 id={id}>
        <span className="hb-mono hb-selectable">{group.name}</span>
        <span className="hb-group-where">{group.process}</span>
      </h2>
      <Troubles group={group} />
      {group.shards.length > 0 && <ShardsTable group={group} totals={totals} />}
      {totals.parkedKeys > 0 && <BlockedKeys group={group} count={totals.parkedKeys} />}
    </section>
  )
}

function Troubles({ group }: { readonly group: FarGroup }): ReactNode {
  const panel = usePanel()
  const troubles = troublesOf(group)
  return (
    <ul className="hb-group-troubles">
      {troubles.length === 0 && (
        <li>
          <span className="hb-ok" aria-hidden="true">
            ●
          </span>
          <span>All is well</span>
        </li>
      )}
      {troubles.map(({ tone, text }) => (
        <li key={text}>
          <span className={`hb-${tone}`} aria-hidden="true">
            {glyphs[tone]}
          </span>
          <span>{text}</span>
          {tone === 'dead' && (
            <button type="button" className="hb-link" onClick={() => panel.show('letters')}>
              Look into them
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
