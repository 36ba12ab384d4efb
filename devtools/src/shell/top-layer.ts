/**
 * Keeps the host in the top layer, where no z-index reaches. While a modal dialog is open everything outside of it is
 * inert, so the host moves into the topmost one, and home again afterwards. Dialogs inside other shadow trees are not
 * seen: the devtools are inert until those close. Returns what ends it.
 */
export function stayOnTop(host: HTMLElement): () => void {
  const { ownerDocument: document, parentNode: home } = host
  let dialogs = [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')]

  const rise = (): void => {
    dialogs = dialogs.filter((dialog) => dialog.isConnected && dialog.matches(':modal'))
    const place = dialogs.at(-1) ?? home
    if (place !== null && host.parentNode !== place) move(host, place)
    raise(host)
    watch()
  }
  const observer = new MutationObserver((records) => {
    const changed = records.map(({ target }) => target).filter(isDialog)
    dialogs = [...dialogs.filter((dialog) => !changed.includes(dialog)), ...changed]
    if (changed.length > 0 || !host.isConnected) rise()
  })
  /** Inside a dialog it has to be noticed when that is taken away as a whole. */
  const watch = (): void =>
    observer.observe(document, {
      subtree: true,
      attributeFilter: ['open'],
      childList: host.parentNode !== home,
    })

  rise()
  return () => observer.disconnect()
}

function isDialog(node: Node): node is HTMLDialogElement {
  return node.nodeName === 'DIALOG'
}

/** Without losing scroll positions and the focus, where the browser can. */
function move(host: HTMLElement, place: Node): void {
  if (host.isConnected && 'moveBefore' in place && typeof place.moveBefore === 'function')
    place.moveBefore(host, null)
  else place.appendChild(host)
}

/** Above whatever came to the top layer since. */
function raise(host: HTMLElement): void {
  if (typeof host.showPopover !== 'function') return
  if (host.matches(':popover-open')) host.hidePopover()
  host.showPopover()
}
