import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useRef,
} from 'react'
import { useDrawing, usePanel, usePlace, useSession, useSettings } from '../use-panel.ts'
import { RowList } from './row-list.ts'
import { inspectSelected, rowAfterKey } from './stream-keys.ts'

const columns = ['time', 'status', 'topic', 'data', 'via', 'handlers', 'slowest'] as const

interface Props {
  /** What draws the rows, once there is something to draw them on. */
  readonly list: RowList | undefined
  readonly onList: (list: RowList | undefined) => void
}

/** The rows of the session, the newest at the bottom. React draws only the frame around them. */
export function StreamList({ list, onList }: Props): ReactNode {
  const panel = usePanel()
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  useRowList(scroller, body, onList)
  useDrawing(useCallback(() => list?.draw(), [list]))
  usePlace(
    'list',
    useCallback(() => scroller.current?.focus(), []),
  )
  const select = (event: MouseEvent): void => {
    const row = rowAt(event)
    if (row !== undefined) panel.session.view.select(row)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || panel.overlay !== undefined) return
    const { view } = panel.session
    const row = rowAfterKey(event.key, view.matching(), view.selected, list?.page ?? 1)
    if (row !== undefined) view.select(row)
    else if (event.key === 'Enter' && view.selected !== undefined) inspectSelected(panel)
    else return
    event.preventDefault()
  }
  return (
    // No table: rows are placed by hand. The list has the focus and names the selected row: rows come and go under their elements.
    <div
      ref={scroller}
      role="grid"
      className="hb-stream-list"
      aria-label="Events"
      aria-colcount={columns.length}
      tabIndex={0}
      onKeyDown={press}
      onScroll={() => list?.scrolled()}
      onWheel={(event) => event.deltaY < 0 && list?.hold()}
      // When the button is let go, the element may show another event. A click without a pointer is a screen reader's.
      onPointerDown={(event) => event.button === 0 && select(event)}
      onClick={(event) => event.detail === 0 && select(event)}
      onDoubleClick={() => panel.settings.set({ inspectorOpen: true })}
    >
      <Header />
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the same */}
      <div ref={body} role="rowgroup" className="hb-stream-rows" />
    </div>
  )
}

function Header(): ReactNode {
  const { time } = useSettings()
  const { processes } = useSession().recorder.rows
  const titles = {
    time: { clock: 'Time', session: 'Since start', delta: 'Since last' }[time],
    topic: 'Topic',
    data: 'Payload',
    via: processes.size > 1 ? 'Where' : 'Via',
    handlers: 'Handlers',
    slowest: 'Slowest',
  }
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the same
    <div role="row" className="hb-stream-head" aria-rowindex={1}>
      {columns.map((column) => (
        <span
          key={column}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the same
          role="columnheader"
          className={`hb-cell hb-cell-${column}`}
        >
          {column === 'status' ? <span className="hb-unseen">Status</span> : titles[column]}
        </span>
      ))}
    </div>
  )
}

type ElementRef = RefObject<HTMLElement | null>

function useRowList(scroller: ElementRef, body: ElementRef, onList: Props['onList']): void {
  const panel = usePanel()
  const id = useId()
  useEffect(() => {
    const element = scroller.current
    if (element === null || body.current === null) return undefined
    const list = new RowList(panel, element, body.current, id)
    const view = element.ownerDocument.defaultView // not this one's: a hidden page observes nothing
    const observer = view === null ? undefined : new view.ResizeObserver(() => list.draw())
    observer?.observe(element)
    onList(list)
    return () => {
      observer?.disconnect()
      list.close()
      onList(undefined)
    }
  }, [panel, id, scroller, body, onList])
}

/** The row that is shown where it was pressed. */
function rowAt({ target, currentTarget }: MouseEvent): number | undefined {
  // What is pressed in a list are its elements.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `instanceof` would ask for a class of this window
  const row = (target as Element).closest<HTMLElement>('[data-row]')
  return row === null || !currentTarget.contains(row) ? undefined : Number(row.dataset['row'])
}
