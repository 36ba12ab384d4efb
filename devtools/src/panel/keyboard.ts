import type { KeyboardEvent } from 'react'
import { isApple } from './look/key-label.ts'
import { commandsOf } from './state/commands.ts'
import type { Panel } from './state/panel.ts'

// Asked by shape and not by class: the panel may stand in a window with classes of its own.
const typed =
  'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox]'
const pressable =
  'button, summary, a[href], input, [role=option], [role^=menuitem], [role=button], [role=checkbox], [role=switch], [role=tab]'

/** Runs the command of a key. A key that is typed into something, held down, or taken by somebody, is none. */
export function pressKey(panel: Panel, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat || event.nativeEvent.isComposing) return
  const target = targetOf(event)
  if (event.key === 'Escape') return escape(panel, event, within(target, typed))
  const key = nameOf(event)
  if (key === undefined || isTaken(key, target, panel)) return
  const command = commandsOf(panel).find((one) => one.key === key)
  if (command === undefined) return
  event.preventDefault()
  command.run()
}

/** A letter belongs to the field it is typed into, Space to the button it presses; nothing goes past an overlay. */
function isTaken(key: string, target: EventTarget, { overlay }: Panel): boolean {
  if (key.startsWith('mod+')) return false
  return overlay !== undefined || within(target, typed) || (key === ' ' && within(target, pressable))
}

/** Closes what lies on top, or else lets go of the selected event. What is typed into has its own use for the key. */
function escape(panel: Panel, event: KeyboardEvent, isTyping: boolean): void {
  const { view } = panel.session
  if (panel.overlay !== undefined) panel.open(undefined)
  else if (!isTyping && view.selected !== undefined) view.select(undefined)
  else return
  event.preventDefault()
}

/** A shadow root around the panel hides who was pressed from those outside, but not from the path. */
function targetOf({ nativeEvent, target }: KeyboardEvent): EventTarget {
  return nativeEvent.composedPath()[0] ?? target
}

function within(target: EventTarget, selector: string): boolean {
  return 'closest' in target && typeof target.closest === 'function' && Boolean(target.closest(selector))
}

/** With the modifier that belongs to commands here; any other makes it a key of the browser or the page. */
function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string | undefined {
  const [mod, foreign] = isApple() ? [metaKey, ctrlKey] : [ctrlKey, metaKey]
  const isLetter = key.toLowerCase() !== key.toUpperCase() && key.length === 1
  if (altKey || foreign || (shiftKey && (isLetter || key === ' '))) return undefined
  const name = isLetter ? key.toLowerCase() : key
  return mod ? `mod+${name}` : name
}
