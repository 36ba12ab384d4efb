import { type ReactNode, useMemo, useState } from 'react'
import type { PayloadNode } from '../../model/payload-node.ts'
import { searchPayload } from '../../model/payload-search.ts'
import { Button } from '../look/button.tsx'
import { PayloadSearch } from './payload-search.tsx'
import { type Choices, PayloadTree } from './payload-tree.ts'
import { PayloadTreeView } from './payload-tree-view.tsx'

const nothing = { paths: [], complete: true } as const

interface Props {
  readonly data: unknown
  /** What stands below, of the line that is active. */
  readonly renderFooter?: (node: PayloadNode) => ReactNode
}

/** A payload as a tree that can be searched and unfolded. What was opened stays open when the data is another. */
export function PayloadBrowser({ data, renderFooter }: Props): ReactNode {
  const tree = useMemo(() => new PayloadTree(data), [data])
  const [choices, choose] = useState<Choices>(new Map())
  const [active, setActive] = useState('')
  const [query, setQuery] = useState('')
  const [current, setCurrent] = useState(0)
  const [remark, setRemark] = useState('')
  const lines = useMemo(() => tree.lines(choices), [tree, choices])
  const found = useMemo(() => (query === '' ? nothing : searchPayload(data, query)), [data, query])
  const hits = useMemo(() => new Set(found.paths.map((path) => JSON.stringify(path))), [found])
  const line = lines.find(({ id }) => id === active) ?? lines[0]

  const reveal = (path: readonly string[] | undefined): void => {
    const place = path && tree.find(path)
    if (place === undefined) return
    choose((before) => new Map([...before, ...place.above.map((id) => [id, true] as const)]))
    setActive(place.id)
  }
  const search = (wanted: string): void => {
    setQuery(wanted)
    setCurrent(0)
    if (wanted !== '') reveal(searchPayload(data, wanted).paths[0])
  }
  const step = (by: 1 | -1): void => {
    const next = (current + by + found.paths.length) % found.paths.length
    setCurrent(next)
    reveal(found.paths[next])
  }
  const openAll = (): void => {
    const all = tree.openAll()
    choose(all.choices)
    setRemark(all.complete ? '' : 'Opened as far as 1,000 lines and 32 levels; the rest opens line by line')
  }
  const closeAll = (): void => {
    choose(tree.closeAll())
    setRemark('')
  }

  return (
    <div className="hb-payload">
      <div className="hb-payload-bar">
        <PayloadSearch query={query} found={found} current={current} onSearch={search} onStep={step} />
        <Button label="Open all" icon="unfold" onClick={openAll} />
        <Button label="Close all" icon="fold" onClick={closeAll} />
      </div>
      {remark !== '' && <p className="hb-remark">{remark}</p>}
      <div className="hb-scroll">
        <PayloadTreeView
          tree={tree}
          lines={lines}
          active={active}
          onActive={setActive}
          onOpen={(id, open) => choose((before) => new Map(before).set(id, open))}
          hits={hits}
        />
      </div>
      {line !== undefined && renderFooter?.(line.node)}
    </div>
  )
}
