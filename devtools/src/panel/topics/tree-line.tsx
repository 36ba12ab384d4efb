import type { MouseEvent, ReactNode } from 'react'
import { perSecond, wholeNumber } from '../look/figures.ts'
import { hueOf } from '../look/hue.ts'
import { Icon } from '../look/icon.tsx'
import { Sparkline } from '../look/sparkline.tsx'
import type { TreeRow } from './tree-rows.ts'

interface Props {
  readonly id: string
  readonly row: TreeRow
  readonly isCurrent: boolean
  readonly isChosen: boolean
  readonly isLeftOut: boolean
  readonly onChoose: (leaveOut: boolean) => void
  readonly onToggle: () => void
}

export function TreeLine({ id, row, isCurrent, isChosen, isLeftOut, onChoose, onToggle }: Props): ReactNode {
  const { branch, level, isOpen, position, siblings } = row
  const { segment, path, published, failures, rate } = branch
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
      onClick={(event) => onChoose(event.altKey)}
    >
      <span className="hb-tree-fold" style={{ marginLeft: (level - 1) * 12 }}>
        {isOpen !== undefined && (
          <span
            aria-hidden="true"
            onClick={(event: MouseEvent) => {
              event.stopPropagation()
              onToggle()
            }}
          >
            <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
          </span>
        )}
      </span>
      <span className={`hb-cut hb-mono hb-tree-name${level === 1 ? ' hb-domain' : ''}`}>{segment}</span>
      {failures > 0 && (
        <span className="hb-mono hb-error">
          ✕{wholeNumber(failures)}
          <span className="hb-unseen"> failures</span>
        </span>
      )}
      <span className="hb-mono hb-tree-rate">{rate > 0 ? perSecond(rate) : wholeNumber(published)}</span>
      <span className="hb-unseen">{wholeNumber(published)} events</span>
      <Sparkline values={branch.recent} width={32} />
    </div>
  )
}
