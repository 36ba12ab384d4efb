import { type KeyboardEvent, type ReactNode, useId } from 'react'
import type { PayloadHits } from '../../model/payload-search.ts'
import { Button } from '../look/button.tsx'
import { Icon } from '../look/icon.tsx'

interface Props {
  readonly query: string
  readonly found: PayloadHits
  /** Which of them is shown, from 0. */
  readonly current: number
  readonly onSearch: (query: string) => void
  readonly onStep: (by: 1 | -1) => void
}

/** Finds keys and values. Enter goes on to the next, with Shift to the one before, Escape gives up. */
export function PayloadSearch({ query, found, current, onSearch, onStep }: Props): ReactNode {
  const id = useId()
  const some = found.paths.length > 0
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && some) onStep(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && query !== '') onSearch('')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="hb-search">
      <Icon name="search" size={12} />
      <input
        value={query}
        placeholder="Find in the payload"
        aria-label="Find in the payload"
        aria-describedby={id}
        spellCheck={false}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={press}
      />
      <output id={id} className={some || query === '' ? 'hb-dim' : 'hb-warn'} title={bound(found)}>
        {query !== '' && countText(found, current)}
      </output>
      {some && (
        <>
          <Button label="Previous hit" keys="Shift Enter" icon="up" onClick={() => onStep(-1)} />
          <Button label="Next hit" keys="Enter" icon="down" onClick={() => onStep(1)} />
        </>
      )}
    </div>
  )
}

/** What was not looked at is said: nothing found in part of a payload is not nothing. */
function countText({ paths, complete }: PayloadHits, current: number): string {
  if (paths.length === 0) return complete ? 'not found' : 'not found in what was searched'
  return `${current + 1} of ${paths.length}${complete ? '' : '+'}`
}

function bound({ complete }: PayloadHits): string | undefined {
  return complete
    ? undefined
    : 'The search ends at 100 hits, 20,000 values, 32 levels or 100,000 characters of a text'
}
