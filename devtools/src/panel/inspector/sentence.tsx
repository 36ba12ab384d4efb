import type { ReactNode } from 'react'

interface Props {
  readonly glyph: string
  readonly tone: string
  readonly children: ReactNode
}

/** One thing that is known of an event. */
export function Sentence({ glyph, tone, children }: Props): ReactNode {
  return (
    <li>
      <span className={`hb-${tone}`} aria-hidden="true">
        {glyph}
      </span>
      <span className="hb-selectable">{children}</span>
    </li>
  )
}
