/** What has the focus around an element: a document doesn't know what has it inside a shadow root. Nobody when it is the page's. */
export function focused(from: Element): HTMLElement | undefined {
  const root = from.getRootNode()
  const active = 'activeElement' in root ? root.activeElement : undefined
  return isFocusable(active) && active !== from.ownerDocument.body ? active : undefined
}

/** By shape: an element of another window is of another class. */
function isFocusable(value: unknown): value is HTMLElement {
  return typeof value === 'object' && value !== null && 'focus' in value
}
