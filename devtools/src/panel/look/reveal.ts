/** Scrolls as little as it takes to show a line of a list whose lines are all `height` px tall. */
export function reveal(list: HTMLElement | null, line: number, height: number): void {
  if (list === null) return
  const top = line * height
  list.scrollTop = Math.max(Math.min(list.scrollTop, top), top + height - list.clientHeight)
}
