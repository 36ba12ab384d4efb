import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '../look/button.tsx'
import { usePressedOutside } from '../look/use-pressed-outside.ts'

interface Props {
  readonly label: string
  readonly className: string
  /** What is read on it. */
  readonly text: string
  /** What it opens. */
  readonly renderList: (id: string) => ReactNode
  readonly onOpen?: () => void
}

/**
 * A button of the status bar that opens a list above it. Escape, a press elsewhere, and what is marked `data-leaves` in the
 * list close it.
 */
export function ListButton({ label, className, text, renderList, onOpen }: Props): ReactNode {
  const [isOpen, setOpen] = useState(false)
  const around = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  usePressedOutside(around, isOpen, setOpen)
  const close = (): void => {
    setOpen(false)
    button.current?.focus()
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    close()
  }
  const toggle = (): void => {
    setOpen(!isOpen)
    if (!isOpen) onOpen?.()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys bubble here from what has the focus
    <div
      ref={around}
      className="hb-notices-around"
      onKeyDown={isOpen ? press : undefined}
      onClick={({ target }) => leaves(target) && close()}
    >
      <Button label={label} expanded={isOpen} className={className} onClick={toggle} buttonRef={button}>
        {text}
      </Button>
      {isOpen && renderList(id)}
    </div>
  )
}

function leaves(target: EventTarget): boolean {
  return (
    'closest' in target && typeof target.closest === 'function' && Boolean(target.closest('[data-leaves]'))
  )
}
