import {
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Icon } from '../look/icon.tsx'
import { keyLabel } from '../look/key-label.ts'
import { usePanel } from '../use-panel.ts'
import { answer, choicesOf, type Found } from './choices.ts'
import { Dialog } from './dialog.tsx'

/** Everything that can be done, found by a few letters. */
export function Palette(): ReactNode {
  const panel = usePanel()
  const id = useId()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const { found, left } = useMemo(() => answer(choicesOf(panel, query), query), [panel, query])

  const run = (choice: Found): void => {
    panel.open(undefined) // first: a choice may open something else
    choice.run()
  }
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const to = placeAfter(event.key, active, found.length)
    const chosen = found[active]
    if (event.key === 'Enter' && chosen !== undefined) run(chosen)
    else if (to === undefined) return
    else setActive(to)
    event.preventDefault()
  }

  return (
    <Dialog label="All commands" className="hb-palette">
      <div className="hb-palette-field">
        <Icon name="command" />
        <input
          data-first=""
          role="combobox"
          aria-label="Command or topic"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}list`}
          aria-activedescendant={found.length > 0 ? `${id}${active}` : undefined}
          placeholder="A command, or a topic to filter to"
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setActive(0)
          }}
          onKeyDown={press}
        />
        <kbd>{keyLabel('Escape')}</kbd>
      </div>
      <List id={id} found={found} active={active} onPoint={setActive} onChoose={run} />
      {found.length === 0 && <p className="hb-palette-note">Nothing is called “{query}”</p>}
      {left > 0 && <p className="hb-palette-note">{left} more: type on</p>}
    </Dialog>
  )
}

function placeAfter(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined
  if (key === 'ArrowDown') return (active + 1) % count
  if (key === 'ArrowUp') return (active - 1 + count) % count
  if (key === 'PageDown') return Math.min(active + 8, count - 1)
  return key === 'PageUp' ? Math.max(active - 8, 0) : undefined
}

interface ListProps {
  readonly id: string
  readonly found: readonly Found[]
  readonly active: number
  readonly onPoint: (place: number) => void
  readonly onChoose: (choice: Found) => void
}

function List({ id, found, active, onPoint, onChoose }: ListProps): ReactNode {
  return (
    // The keyboard stays in the field, also when a heading is pressed. A <select> can't mark letters.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      id={`${id}list`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="listbox"
      aria-label="Commands"
      className="hb-palette-list"
      onMouseDown={(event) => event.preventDefault()}
    >
      {found.map((choice, index) => (
        <Fragment key={choice.id}>
          {found[index - 1]?.group !== choice.group && (
            <div role="presentation" className="hb-palette-group">
              {choice.group}
            </div>
          )}
          <Option
            id={`${id}${index}`}
            choice={choice}
            active={index === active}
            onPoint={() => onPoint(index)}
            onChoose={() => onChoose(choice)}
          />
        </Fragment>
      ))}
    </div>
  )
}

interface OptionProps {
  readonly id: string
  readonly choice: Found
  readonly active: boolean
  readonly onPoint: () => void
  readonly onChoose: () => void
}

function Option({ id, choice, active, onPoint, onChoose }: OptionProps): ReactNode {
  const { title, key, isOn, marks } = choice
  const option = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active) option.current?.scrollIntoView?.({ block: 'nearest' })
  }, [active])
  return (
    // The keyboard stays in the field, which names the active option.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      ref={option}
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <option> can hold no marks
      role="option"
      className="hb-palette-option"
      aria-selected={active}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <span className="hb-menu-mark">{isOn === true && <Icon name="check" size={12} />}</span>
      <span className="hb-cut">
        <Marked text={title} marks={marks} />
      </span>
      {isOn === true && <span className="hb-unseen">on</span>}
      {key !== undefined && <kbd>{keyLabel(key)}</kbd>}
    </div>
  )
}

/** A text with the letters that answered the query marked, neighbours in one piece. */
function Marked({ text, marks }: { readonly text: string; readonly marks: readonly number[] }): ReactNode {
  return piecesOf(text, new Set(marks)).map(({ from, piece, isMarked }) =>
    isMarked ? <mark key={from}>{piece}</mark> : <Fragment key={from}>{piece}</Fragment>,
  )
}

interface Piece {
  readonly from: number
  readonly piece: string
  readonly isMarked: boolean
}

function piecesOf(text: string, marked: ReadonlySet<number>): readonly Piece[] {
  const pieces: Piece[] = []
  for (let from = 0, to = 0; from < text.length; from = to) {
    const isMarked = marked.has(from)
    while (to < text.length && marked.has(to) === isMarked) to++
    pieces.push({ from, piece: text.slice(from, to), isMarked })
  }
  return pieces
}
