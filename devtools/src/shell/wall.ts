const own =
  'keydown keyup keypress focusin focusout copy cut paste pointerdown mousedown click dblclick dragenter dragover drop'

/**
 * What is typed and pressed in the panel is not the page's: its shortcuts stay still, its focus traps and menus see
 * nothing. What comes earlier, in the page's capturing listeners, can't be kept from it.
 */
export function keepOwnEvents(host: HTMLElement): void {
  for (const type of own.split(' ')) host.addEventListener(type, (event) => event.stopPropagation())
  host.addEventListener('keydown', keepDialog)
}

/** Escape means something in the panel, and not the dialog of the page that the panel may stand in. */
function keepDialog(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.preventDefault()
}
