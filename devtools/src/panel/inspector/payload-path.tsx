import { type ReactNode, useEffect, useRef } from 'react'
import { printClause } from '../../model/filter-printer.ts'
import type { PayloadNode } from '../../model/payload-node.ts'
import { sizeAt } from '../../model/row-test.ts'
import { Button } from '../look/button.tsx'
import { byteSize } from '../look/figures.ts'
import { useCopy } from './copying.tsx'
import type { Inspected } from './inspector-tab.ts'
import { jsonText } from './json-text.ts'
import { pathText } from './value-text.ts'

interface Props extends Inspected {
  readonly node: PayloadNode
}

/** Where the active line stands, and what can be done with it. */
export function PayloadPath({ session, row, node }: Props): ReactNode {
  const copy = useCopy()
  const path = pathText(node.path)
  const filter = filterTo(node)
  const value = (): string => (typeof node.value === 'string' ? node.value : jsonText(node.value))
  return (
    <footer className="hb-path">
      <span className="hb-mono hb-selectable hb-path-text" title={path}>
        {path}
      </span>
      {filter !== undefined && (
        <Button label={`Filter: ${filter}`} icon="filter" onClick={() => session.view.setFilter(filter)} />
      )}
      <Button label="Copy the path" icon="path" onClick={() => copy(path, 'the path')} />
      <Button label="Copy the value" icon="copy" onClick={() => copy(value, 'the value')} />
      <Size session={session} row={row} />
    </footer>
  )
}

/** Estimated after the payload is on the screen: an object of very many members takes its time. */
function Size({ session, row }: Pick<Inspected, 'session' | 'row'>): ReactNode {
  const text = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const element = text.current
    const window = element?.ownerDocument.defaultView
    const timer = window?.setTimeout(() => {
      element!.textContent = `≈ ${byteSize(sizeAt(session.recorder.rows, row))}`
    })
    return () => window?.clearTimeout(timer)
  }, [session, row])
  return <span ref={text} className="hb-faint" title="Estimated size as JSON" />
}

/** The filter that asks for this value; `undefined` for what the filter language can't ask. */
function filterTo({ path, value, kind }: PayloadNode): string | undefined {
  const isAsked = kind === 'text' || (kind === 'plain' && typeof value !== 'object')
  const text = String(isAsked ? value : '')
  if (text === '' || text.length > 100 || path.length === 0) return undefined
  if (path.some((key) => key === '' || /[.<>=]/.test(key))) return undefined
  return printClause({ kind: 'data', path, comparison: '=', value: text })
}
