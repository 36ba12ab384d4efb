import type { ReactNode } from 'react'
import { hueOf } from './hue.ts'

/** A topic whose first segment has the colour of its domain. */
export function Topic({ topic }: { readonly topic: string }): ReactNode {
  const end = topic.search(/[.:]|$/)
  return (
    <span data-hue={hueOf(topic)}>
      <span className="hb-domain">{topic.slice(0, end)}</span>
      {topic.slice(end)}
    </span>
  )
}
