/** Calls `take` with each file that is dropped on an element, and `over` as files come and go above it. */
export function onFiles(
  element: Element,
  over: (isOver: boolean) => void,
  take: (file: File) => void,
): () => void {
  const hover = (event: Event): void => {
    if (!filesOf(event)?.types.includes('Files')) return
    event.preventDefault()
    over(true)
  }
  const leave = (event: Event): void => {
    const to = 'relatedTarget' in event ? event.relatedTarget : null
    if (!isNode(to) || !element.contains(to)) over(false)
  }
  const drop = (event: Event): void => {
    event.preventDefault()
    over(false)
    for (const file of filesOf(event)?.files ?? []) take(file)
  }
  const listeners = { dragenter: hover, dragover: hover, dragleave: leave, drop }
  for (const [type, listener] of Object.entries(listeners)) element.addEventListener(type, listener)
  return () => {
    for (const [type, listener] of Object.entries(listeners)) element.removeEventListener(type, listener)
  }
}

function filesOf(event: Event): DataTransfer | null {
  // By shape: the event may be another window's. Only drags carry a DataTransfer under this name.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return 'dataTransfer' in event ? (event.dataTransfer as DataTransfer | null) : null
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'nodeType' in value
}
