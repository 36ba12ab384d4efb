import { type RefObject, useEffect, useRef } from 'react'

/**
 * When `shown` changes and what had the focus has gone with it, the keyboard goes on: where `go` sends it, or else with the
 * element around, which needs a `tabIndex`.
 */
export function useKeptFocus(around: RefObject<HTMLElement | null>, shown: string, go?: () => void): void {
  const before = useRef(shown)
  useEffect(() => {
    const { current } = around
    if (before.current === shown || current === null) return
    before.current = shown
    if (hasNone(current)) go?.()
    if (hasNone(current)) current.focus({ preventScroll: true })
  }, [around, shown, go])
}

/** Nothing that can be seen has the focus, but perhaps the element itself. What waits for its successor to be loaded is hidden first, and gone later. */
function hasNone(element: HTMLElement): boolean {
  const root = element.getRootNode()
  const active = 'activeElement' in root ? root.activeElement : undefined
  if (active === null || active === element || active === element.ownerDocument.body) return true
  return isElement(active) && !(active.checkVisibility?.() ?? true)
}

/** By shape: the panel may stand in another window. */
function isElement(value: unknown): value is Element & Partial<Pick<Element, 'checkVisibility'>> {
  return typeof value === 'object' && value !== null && 'nodeType' in value
}
