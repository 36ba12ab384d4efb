import { memo, type ReactNode } from 'react'
import type { PayloadNode } from '../../model/payload-node.ts'
import { byteSize, wholeNumber } from '../look/figures.ts'
import { Icon } from '../look/icon.tsx'
import type { TreeLine } from './payload-tree.ts'
import { countOf, glance, isLongText, toneOf } from './value-text.ts'

/** Characters of one text that are drawn: layout of more would make the page wait. */
const TEXT_DRAWN = 1_000_000

interface Props {
  readonly line: TreeLine
  /** Number of the line, by which a click finds it. */
  readonly index: number
  readonly id: string
  readonly active: boolean
  readonly hit: boolean
  readonly members: readonly PayloadNode[]
}

/** One line of the tree; a long text that is open has its own block below. */
export const PayloadLine: React.NamedExoticComponent<Props> = memo(function PayloadLine(
  props: Props,
): ReactNode {
  const { line, index, id, active, hit, members } = props
  const { node, level, position, siblings, openable, open } = line
  return (
    // Focus is at the tree, which names the active line.
    <div
      id={id}
      role="treeitem"
      className="hb-line"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={openable ? open : undefined}
      aria-selected={active}
      data-line={index}
      data-hit={hit ? '' : undefined}
      style={{ paddingLeft: 4 + Math.min(level - 1, 24) * 12 }}
    >
      <span className="hb-twist">
        {openable && <Icon name={open ? 'chevronDown' : 'chevronRight'} size={12} />}
      </span>
      <Key node={node} />
      {isLongText(node) ? (
        <LongText text={String(node.value)} open={open} node={node} />
      ) : (
        <Value node={node} members={members} open={open} />
      )}
    </div>
  )
})

function Key({ node }: { readonly node: PayloadNode }): ReactNode {
  if (node.kind === 'chunk') return <span className="hb-key hb-faint">{node.key}</span>
  return (
    <>
      <span className="hb-key">{node.key}</span>
      <span className="hb-faint">: </span>
    </>
  )
}

interface ValueProps {
  readonly node: PayloadNode
  readonly members: readonly PayloadNode[]
  readonly open?: boolean
}

/** A value in its colour; what is open shows only how much is in it, for that stands below. */
export function Value({ node, members, open = false }: ValueProps): ReactNode {
  const count = node.expandable && node.kind !== 'chunk' ? countOf(members) : 0
  return (
    <>
      {!(open && count > 0) && (
        <span className="hb-value" data-tone={toneOf(node)}>
          {glance(node, members)}
        </span>
      )}
      {count > 0 && <span className="hb-count">{wholeNumber(count)}</span>}
    </>
  )
}

interface LongTextProps {
  readonly node: PayloadNode
  readonly text: string
  readonly open: boolean
}

function LongText({ node, text, open }: LongTextProps): ReactNode {
  const isCut = text.length > TEXT_DRAWN
  if (!open)
    return (
      <>
        <Value node={node} members={[]} />
        <span className="hb-show-all">show all {byteSize(text.length)}</span>
      </>
    )
  return (
    <>
      <span className="hb-faint">{wholeNumber(text.length)} characters</span>
      <span className="hb-long-text hb-selectable" data-tone="string">
        {isCut ? text.slice(0, TEXT_DRAWN) : text}
      </span>
      {isCut && (
        <span className="hb-warn">
          The first {byteSize(TEXT_DRAWN)} of {byteSize(text.length)}; copying takes all of it
        </span>
      )}
    </>
  )
}
