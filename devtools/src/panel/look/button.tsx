import type { ReactNode, Ref } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface Props {
  /** What it does; spoken, and shown when the pointer rests. */
  readonly label: string
  readonly icon?: IconName
  readonly filled?: boolean
  /** The key that does the same, added to the tooltip. */
  readonly keys?: string | undefined
  /** For a button that stays in. */
  readonly pressed?: boolean
  /** For a button that opens something. */
  readonly expanded?: boolean
  readonly disabled?: boolean
  readonly outlined?: boolean
  readonly className?: string
  readonly onClick: () => void
  /** What is read on it; without, it shows the icon only. */
  readonly children?: ReactNode
  readonly buttonRef?: Ref<HTMLButtonElement>
}

export function Button(props: Props): ReactNode {
  const {
    label,
    icon,
    filled = false,
    keys,
    pressed,
    expanded,
    disabled,
    outlined,
    children,
    buttonRef,
  } = props
  const isIconOnly = children === undefined
  const classes = [
    'hb-button',
    isIconOnly && 'hb-icon-only',
    outlined === true && 'hb-outlined',
    props.className,
  ]
  return (
    <button
      ref={buttonRef}
      type="button"
      className={classes.filter(Boolean).join(' ')}
      title={keys === undefined ? label : `${label} (${keys})`}
      aria-label={isIconOnly ? label : undefined}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      onClick={props.onClick}
    >
      {icon !== undefined && <Icon name={icon} filled={filled} />}
      {children}
    </button>
  )
}
