import type { MouseEvent, ReactNode } from 'react'
import type { ListedLetter } from '../../model/listed-letter.ts'
import { clockTime, wholeNumber } from '../look/figures.ts'
import { Icon } from '../look/icon.tsx'
import { Topic } from '../look/topic.tsx'
import { previewOf } from '../stream/preview.ts'
import { useSession } from '../use-panel.ts'
import { letterReason } from './letter-reason.ts'
import type { Desk } from './desk.ts'
import type { LetterLine } from './letter-lines.ts'

interface Props {
  readonly desk: Desk
  readonly line: LetterLine
}

/** What stands in a line of the tree. */
export function LetterLineView({ desk, line }: Props): ReactNode {
  const { level, isOpen, group, letters } = line
  const isUnderWay = letters.some(({ id }) => desk.underWay.has(id))
  return (
    <div className="hb-letter-line" data-level={level}>
      <span className="hb-letter-fold">
        {isOpen !== undefined && <Fold isOpen={isOpen} onPress={() => desk.toggle(group.id)} />}
      </span>
      <span
        className={isUnderWay ? 'hb-retry' : 'hb-dead'}
        title={isUnderWay ? 'under way' : 'a dead letter'}
      >
        {isUnderWay ? '↻' : '▣'}
      </span>
      {level === 1 ? <GroupTexts line={line} /> : <LetterTexts letter={letters[0]!} />}
    </div>
  )
}

function GroupTexts({ line: { group, letters } }: Pick<Props, 'line'>): ReactNode {
  const { topic, handler, group: consumers } = group
  return (
    <span className="hb-letter-texts">
      <span className="hb-letter-first">
        <span className="hb-cut hb-mono">{letterReason(group)}</span>
        <b className="hb-letter-count">
          {wholeNumber(letters.length)}
          <span className="hb-unseen"> letters</span>
        </b>
      </span>
      <span className="hb-letter-second">
        <span className="hb-cut hb-mono">
          <Topic topic={topic} />
        </span>
        {handler !== '' && <span className="hb-cut">→ {handler}</span>}
        {consumers !== '' && (
          <span className="hb-cut hb-letter-of" title={`Of the consumer group ${consumers}`}>
            {shortName(consumers)}
          </span>
        )}
        <time>{clockTime(letters[0]!.at)}</time>
      </span>
    </span>
  )
}

function LetterTexts({ letter }: { readonly letter: ListedLetter }): ReactNode {
  const { event, attempts, calls = attempts.length, group, at } = letter
  const { discretion } = useSession()
  const text =
    group === undefined
      ? previewOf(event.data, discretion.secrecyOn(event.type))
      : (event.subject ?? event.id) // its data is far away
  return (
    <span className="hb-letter-texts">
      <span className="hb-cut hb-mono">{text}</span>
      <span className="hb-letter-second">
        <span>{calls === 1 ? '1 attempt' : `${wholeNumber(calls)} attempts`}</span>
        <time>{clockTime(at)}</time>
      </span>
    </span>
  )
}

/** For pointers: the tree has keys for the same. */
function Fold({ isOpen, onPress }: { readonly isOpen: boolean; readonly onPress: () => void }): ReactNode {
  const press = (event: MouseEvent): void => {
    event.stopPropagation()
    onPress()
  }
  return (
    <span aria-hidden="true" title={isOpen ? 'Fold' : 'Unfold'} onClick={press}>
      <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
    </span>
  )
}

/** Of a group that is called `server › redis:shop/billing`: there is little room. */
function shortName(group: string): string {
  return group.slice(Math.max(group.lastIndexOf('/'), group.lastIndexOf(' ')) + 1)
}
