import { type KeyboardEvent, type ReactNode, useCallback, useId, useRef, useState } from 'react'
import type { FilterFault } from '../../model/filter-syntax.ts'
import { usePanel, usePlace, useSession } from '../use-panel.ts'
import { FilterOptions } from './filter-options.tsx'
import { FilterText } from './filter-text.tsx'
import { useCompletion } from './use-completion.ts'

/** The field itself: its letters are transparent, and the same text lies under it in colours. */
export function FilterField(): ReactNode {
  const panel = usePanel()
  const { view } = useSession()
  const { text } = view
  const { faults } = view.parsed
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const colours = useRef<HTMLDivElement>(null)
  const [hasFocus, setFocus] = useState(false)
  const { offer, typed, take, press, end } = useCompletion(input)
  usePlace(
    'filter',
    useCallback(() => {
      input.current?.focus()
      input.current?.select()
    }, []),
  )

  const pressed = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (press(event)) event.preventDefault()
    else if (event.key === 'Enter') end()
    else if (event.key === 'Escape') {
      event.preventDefault()
      event.currentTarget.blur()
      panel.go('list')
    }
  }

  return (
    <div className="hb-filter-field">
      <div ref={colours} className="hb-filter-text" aria-hidden="true">
        <FilterText text={text} faults={faults} />
      </div>
      <input
        ref={input}
        className="hb-filter-input"
        role="combobox"
        aria-label="Filter"
        aria-expanded={offer !== undefined}
        aria-autocomplete="list"
        aria-controls={`${id}list`}
        aria-activedescendant={offer !== undefined && offer.active >= 0 ? `${id}${offer.active}` : undefined}
        aria-invalid={faults.length > 0}
        aria-describedby={faults.length > 0 ? `${id}faults` : undefined}
        title={faults.map(({ reason }) => reason).join('\n') || undefined}
        placeholder={'Filter: topic:order.*  is:error  dur>20ms  "text"'}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          view.setFilter(event.currentTarget.value)
          panel.pulse.touch()
          typed()
        }}
        onKeyDown={pressed}
        onScroll={({ currentTarget }) => colours.current?.scrollTo(currentTarget.scrollLeft, 0)}
        onFocus={() => setFocus(true)}
        onBlur={() => {
          setFocus(false)
          end()
        }}
      />
      {offer !== undefined && <FilterOptions id={id} {...offer} onChoose={take} />}
      {faults.length > 0 && (
        <Faults id={`${id}faults`} text={text} faults={faults} isShown={hasFocus && offer === undefined} />
      )}
    </div>
  )
}

interface FaultsProps {
  readonly id: string
  readonly text: string
  readonly faults: readonly FilterFault[]
  /** Else it is there to be heard only. */
  readonly isShown: boolean
}

/** What was not understood, and why; the rest applies. */
function Faults({ id, text, faults, isShown }: FaultsProps): ReactNode {
  return (
    <div id={id} className={isShown ? 'hb-filter-faults' : 'hb-unseen'}>
      {faults.map(({ start, end, reason }) => (
        <p key={`${start} ${end} ${reason}`}>
          <span className="hb-error">✕</span>
          <code className="hb-mono">{text.slice(start, Math.min(end, start + 40))}</code>
          <span>{reason}</span>
        </p>
      ))}
      <p className="hb-faint">The rest applies.</p>
    </div>
  )
}
