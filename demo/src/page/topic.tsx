import type { CSSProperties, ReactNode } from 'react'
import { hueOf } from './hue.ts'

/** A topic, its domain in the domain's hue. */
export function Topic({ name }: { readonly name: string }): ReactNode {
  const [domain = ''] = name.split(/(?=[.:])/)
  const style: CSSProperties & Record<'--hue', number> = { '--hue': hueOf(name) }
  return (
    <span className="topic" style={style} title={name}>
      <b>{domain}</b>
      {name.slice(domain.length)}
    </span>
  )
}
