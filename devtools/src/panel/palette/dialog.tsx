import { type KeyboardEvent, type PointerEvent, type ReactNode, useLayoutEffect, useRef } from 'react'
import { focused } from '../look/focused.ts'
import { useStyles } from '../look/use-styles.ts'
import { usePanel } from '../use-panel.ts'
import { paletteCss } from './palette.css.ts'

interface Props {
  readonly label: string
  readonly className: string
  readonly children: ReactNode
}

const focusable = 'button:not(:disabled), input, summary, [tabindex="0"]'

/** What lies over the panel: it has the keyboard until Escape or a press beside it, and gives it back to who had it. */
export function Dialog({ label, className, children }: Props): ReactNode {
  const panel = usePanel()
  const dialog = useRef<HTMLDivElement>(null)
  const dress = useStyles(paletteCss)
  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null) return undefined
    const before = focused(element)
    element.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => {
      // Whoever took the focus meanwhile, as the filter does, keeps it.
      const now = focused(element)
      if (now === undefined || element.contains(now)) before?.focus()
    }
  }, [])

  const press = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.key === 'Escape') panel.open(undefined)
    else if (event.key === 'Tab') turn(event, dialog.current)
    else return
    event.preventDefault()
  }
  const pressBeside = (event: PointerEvent): void => {
    if (event.target === event.currentTarget) panel.open(undefined)
  }

  return (
    <div ref={dress} className="hb-over" onPointerDown={pressBeside}>
      {/* Keys bubble here from what has the focus. A <dialog> would cover the page, and not the panel. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={dialog}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="dialog"
        aria-modal="true"
        aria-label={label}
        className={className}
        onKeyDown={press}
      >
        {children}
      </div>
    </div>
  )
}

/** The Tab key goes round inside. */
function turn({ shiftKey }: KeyboardEvent, dialog: HTMLElement | null): void {
  if (dialog === null) return
  const stops = [...dialog.querySelectorAll<HTMLElement>(focusable)].filter(({ tabIndex }) => tabIndex >= 0)
  const now = focused(dialog)
  const at = stops.findIndex((stop) => stop === now)
  const next = shiftKey ? (at <= 0 ? stops.length : at) - 1 : (at + 1) % stops.length
  stops[next]?.focus()
}
