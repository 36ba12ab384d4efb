import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly children: ReactNode
  readonly tone?: 'error' | 'warn' | undefined
  /** Goes first where there is little room. */
  readonly isExtra?: boolean
}

/** One figure of the status bar. */
export function Item({ title, children, tone, isExtra = false }: Props): ReactNode {
  const classes = ['hb-status-item', tone !== undefined && `hb-${tone}`, isExtra && 'hb-status-extra']
  return (
    <span className={classes.filter(Boolean).join(' ')} title={title}>
      {children}
    </span>
  )
}
