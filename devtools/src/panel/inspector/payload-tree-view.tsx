import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { wholeNumber } from '../look/figures.ts'
import { PayloadLine } from './payload-line.tsx'
import type { PayloadTree, TreeLine } from './payload-tree.ts'
import { type Move, moveFor } from './tree-keys.ts'

/** Lines in the page at a time; the others are a click away. */
const LINES_DRAWN = 600

interface Props {
  readonly tree: PayloadTree
  readonly lines: readonly TreeLine[]
  /** The line that the keys move, by id; the first when it isn't there. */
  readonly active: string
  readonly onActive: (id: string) => void
  readonly onOpen: (id: string, open: boolean) => void
  /** Paths to mark, as JSON. */
  readonly hits: ReadonlySet<string>
}

/** The unfolded lines as a tree: one stop of the Tab key, arrows move and fold, Enter folds too. */
export function PayloadTreeView(props: Props): ReactNode {
  const { tree, lines, active, onActive, onOpen, hits } = props
  const prefix = useId()
  const body = useRef<HTMLDivElement>(null)
  const at = Math.max(
    0,
    lines.findIndex(({ id }) => id === active),
  )
  const from = firstDrawn(lines.length, at)
  const drawn = lines.slice(from, from + LINES_DRAWN)
  const left = lines.length - from - drawn.length

  const seen = useRef(at)
  useEffect(() => {
    if (seen.current === at) return // only what moves takes the reader along
    seen.current = at
    const line = body.current?.querySelector(`[data-line="${at}"]`)
    line?.scrollIntoView?.({ block: 'nearest' })
  }, [at])

  const act = (move: Move | undefined): void => {
    if (move === undefined) return
    if (move.open !== undefined) onOpen(lines[move.to]!.id, move.open)
    onActive(lines[move.to]!.id)
  }
  const press = (event: KeyboardEvent): void => {
    const move = moveFor(event, lines, at)
    if (move === undefined) return
    event.preventDefault()
    event.stopPropagation()
    act(move)
  }
  const click = (event: MouseEvent): void => act(moveOfClick(event, lines))

  return (
    <div ref={body}>
      {from > 0 && <Left count={from} where="above" onShow={() => onActive(lines[from - 1]!.id)} />}
      <div
        role="tree"
        tabIndex={0}
        className="hb-tree hb-mono"
        aria-label="Payload"
        aria-activedescendant={`${prefix}${at}`}
        onKeyDown={press}
        onClick={click}
      >
        {drawn.map((line, index) => (
          <PayloadLine
            key={line.id}
            id={`${prefix}${from + index}`}
            line={line}
            index={from + index}
            active={from + index === at}
            hit={line.node.kind !== 'chunk' && hits.has(JSON.stringify(line.node.path))}
            members={line.node.expandable ? tree.children(line.node) : []}
          />
        ))}
      </div>
      {left > 0 && (
        <Left count={left} where="below" onShow={() => onActive(lines[from + drawn.length]!.id)} />
      )}
    </div>
  )
}

/** Steps of half a page: moving by a line must not draw everything anew. */
function firstDrawn(count: number, at: number): number {
  const half = LINES_DRAWN / 2
  const wanted = Math.floor(at / half) * half - half / 2
  return Math.max(0, Math.min(wanted, count - LINES_DRAWN))
}

function moveOfClick({ target }: MouseEvent, lines: readonly TreeLine[]): Move | undefined {
  const line =
    'closest' in target && typeof target.closest === 'function' ? target.closest('[data-line]') : null
  const to = Number(line?.getAttribute('data-line') ?? -1)
  const known = lines[to]
  if (known === undefined) return undefined
  return known.openable && !isReading(target) ? { to, open: !known.open } : { to }
}

/** A click into an open text puts a caret there; it must not fold the text away. */
function isReading(target: EventTarget): boolean {
  return (
    'matches' in target && typeof target.matches === 'function' && Boolean(target.matches('.hb-long-text'))
  )
}

interface LeftProps {
  readonly count: number
  readonly where: 'above' | 'below'
  readonly onShow: () => void
}

function Left({ count, where, onShow }: LeftProps): ReactNode {
  return (
    <button type="button" className="hb-left-out" onClick={onShow}>
      {wholeNumber(count)} more lines {where}: show
    </button>
  )
}
