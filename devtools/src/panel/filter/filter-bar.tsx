import type { ReactNode } from 'react'
import { Button } from '../look/button.tsx'
import { Icon } from '../look/icon.tsx'
import { useSession } from '../use-panel.ts'
import { FilterCount } from './filter-count.tsx'
import { FilterField } from './filter-field.tsx'

/** The filter of all views. It applies with each sign that is typed; rows are tested with the next frame. */
export function FilterBar(): ReactNode {
  const { view } = useSession()
  return (
    <div className="hb-filter" data-filled={view.text === '' ? undefined : ''}>
      <Icon name="filter" size={14} />
      <FilterField />
      <FilterCount />
      {view.text === '' ? (
        <kbd>/</kbd>
      ) : (
        <Button label="Clear the filter" icon="close" onClick={() => view.setFilter('')} />
      )}
    </div>
  )
}
