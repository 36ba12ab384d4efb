import type { MouseEvent, ReactNode } from 'react'
import type { TopicBranch } from '../../model/topic-tree.ts'
import { perSecond, wholeNumber } from '../look/figures.ts'
import { hueOf } from '../look/hue.ts'
import { Icon } from '../look/icon.tsx'
import { Sparkline } from '../look/sparkline.tsx'
import type { TreeRow } from './tree-rows.ts'

/** Height of a line in px. */
export const TREE_LINE = 22

interface Props {
  readonly id: string
  readonly row: TreeRow
  /** How many lines stand above it. */
  readonly place: number
  readonly isCurrent: boolean
  readonly isChosen: boolean
  readonly isLeftOut: boolean
  readonly onChoose: (leaveOut: boolean) => void
  readonly onToggle: () => void
}

export function TreeLine(props: Props): ReactNode {
  const { id, row, place, isCurrent, isChosen, isLeftOut, onChoose, onToggle } = props
  const { branch, level, isOpen, position, siblings } = row
  const { segment, path, published } = branch
  const state = isChosen ? 'chosen' : isLeftOut ? 'left-out' : undefined
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree takes the keys for all of its lines
    <div
      id={id}
      role="treeitem"
      className="hb-tree-line"
      data-current={isCurrent ? '' : undefined}
      data-state={state}
      data-hue={hueOf(path)}
      aria-level={level}
      aria-expanded={isOpen}
      aria-selected={isChosen}
      aria-posinset={position}
      aria-setsize={siblings}
      title={`${path}: ${wholeNumber(published)} events. Click: only these. Alt + click: not these.`}
      tabIndex={-1}
      style={{ top: place * TREE_LINE }}
      onClick={(event) => onChoose(event.altKey)}
    >
      <span className="hb-tree-fold" style={{ marginLeft: (level - 1) * 12 }}>
        {isOpen !== undefined && (
          <Press title={isOpen ? 'Fold' : 'Unfold'} onPress={onToggle}>
            <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
          </Press>
        )}
      </span>
      <span className={`hb-cut hb-mono hb-tree-name${level === 1 ? ' hb-domain' : ''}`}>{segment}</span>
      <Figures branch={branch} />
      <span className="hb-tree-out">
        <Press
          title={isLeftOut ? 'Let in again (Alt + Enter)' : 'Leave out (Alt + Enter)'}
          onPress={() => onChoose(true)}
        >
          <Icon name="clear" size={12} />
        </Press>
      </span>
    </div>
  )
}

/** What a branch counts right now. */
function Figures({ branch }: { readonly branch: TopicBranch }): ReactNode {
  const { published, failures, rate, recent } = branch
  return (
    <>
      {failures > 0 && (
        <span className="hb-mono hb-error">
          ✕{wholeNumber(failures)}
          <span className="hb-unseen"> failures</span>
        </span>
      )}
      <span className="hb-mono hb-tree-rate">{rate > 0 ? perSecond(rate) : wholeNumber(published)}</span>
      <span className="hb-unseen">{wholeNumber(published)} events</span>
      <Sparkline values={recent} width={32} />
    </>
  )
}

interface PressProps {
  readonly title: string
  readonly onPress: () => void
  readonly children: ReactNode
}

/** Something to press in a line, for pointers: the keyboard has keys for the same. */
function Press({ title, onPress, children }: PressProps): ReactNode {
  return (
    <span
      className="hb-tree-press"
      aria-hidden="true"
      title={title}
      onClick={(event: MouseEvent) => {
        event.stopPropagation()
        onPress()
      }}
    >
      {children}
    </span>
  )
}
