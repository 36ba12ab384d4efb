import { type ReactNode, useEffect, useRef } from 'react'
import type { Completion } from '../../model/filter-completion.ts'
import { wholeNumber } from '../look/figures.ts'
import { FilterText } from './filter-text.tsx'

interface Props {
  /** Begins the ids of the list and its options. */
  readonly id: string
  readonly options: readonly Completion[]
  /** The one that Enter takes; -1 for none. */
  readonly active: number
  readonly onChoose: (word: string) => void
}

/** What could be typed next, with how many events it fits. The keyboard stays in the field. */
export function FilterOptions({ id, options, active, onChoose }: Props): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the field has the focus
    <div
      id={`${id}list`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a <select> shows no counts
      role="listbox"
      aria-label="Completions"
      className="hb-filter-options"
      onMouseDown={(event) => event.preventDefault()}
    >
      {options.map((option, index) => (
        <Option
          key={option.word}
          id={`${id}${index}`}
          option={option}
          active={index === active}
          onChoose={() => onChoose(option.word)}
        />
      ))}
    </div>
  )
}

interface OptionProps {
  readonly id: string
  readonly option: Completion
  readonly active: boolean
  readonly onChoose: () => void
}

function Option({ id, option, active, onChoose }: OptionProps): ReactNode {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active) element.current?.scrollIntoView?.({ block: 'nearest' })
  }, [active])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- as above
    <div
      ref={element}
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
      role="option"
      className="hb-filter-option"
      aria-selected={active}
      onClick={onChoose}
    >
      <span className="hb-cut">
        <FilterText text={option.word} />
      </span>
      {option.count !== undefined && (
        <span className="hb-filter-option-count">{wholeNumber(option.count)}</span>
      )}
    </div>
  )
}
