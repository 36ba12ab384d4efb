import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { usePressedOutside } from './use-pressed-outside.ts'

export interface MenuItem {
  readonly id: string
  readonly title: string
  /** For a choice: whether it is the one. */
  readonly isOn?: boolean | undefined
  readonly hint?: string | undefined
  readonly run: () => void
}

interface Props {
  readonly label: string
  readonly icon: IconName
  readonly items: readonly MenuItem[]
  /** Which edge of the button the menu keeps to. */
  readonly align?: 'left' | 'right'
  readonly children?: ReactNode
}

/** A button that opens a list of things to do. Arrow keys move, Escape and a press elsewhere close. */
export function Menu({ label, icon, items, align = 'left', children }: Props): ReactNode {
  const [isOpen, setOpen] = useState(false)
  const around = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const close = (): void => {
    setOpen(false)
    button.current?.focus()
  }

  useEffect(() => {
    if (isOpen) around.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
  }, [isOpen])
  usePressedOutside(around, isOpen, setOpen)

  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') close()
    else if (step !== undefined) move(around.current, step)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys bubble here from the items
    <div ref={around} style={{ position: 'relative' }} onKeyDown={isOpen ? press : undefined}>
      <Button label={label} icon={icon} expanded={isOpen} onClick={() => setOpen(!isOpen)} buttonRef={button}>
        {children}
      </Button>
      {isOpen && (
        <div role="menu" aria-label={label} className="hb-menu" style={{ top: 28, [align]: 0 }}>
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              role={item.isOn === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={item.isOn}
              className="hb-menu-item"
              onClick={() => {
                close()
                item.run()
              }}
            >
              <span className="hb-menu-mark">{item.isOn === true && <Icon name="check" size={12} />}</span>
              <span>{item.title}</span>
              {item.hint !== undefined && <kbd>{item.hint}</kbd>}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

function move(around: HTMLElement | null, step: number): void {
  const items = [...(around?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
  const index = items.findIndex((item) => item.matches(':focus'))
  items[(index + step + items.length) % items.length]?.focus()
}
