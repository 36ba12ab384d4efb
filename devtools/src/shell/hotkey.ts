import { isApple } from '../panel/look/key-label.ts'

const modifiers = ['ctrl', 'meta', 'alt', 'shift']

/**
 * Calls `press` when the keys are pressed in a window, whatever has the focus and before the page hears of them, until the
 * returned function is called. Throws a `TypeError` for a modifier that isn't known.
 */
export function onHotkey(
  window: Window,
  hotkey: string | false = 'mod+shift+e',
  press: () => void,
): () => void {
  if (hotkey === false) return () => {}
  const wanted = keysOf(hotkey)
  const listen = (event: KeyboardEvent): void => {
    if (event.repeat || pressed(event) !== wanted) return
    event.preventDefault()
    event.stopPropagation()
    press()
  }
  window.addEventListener('keydown', listen, true)
  return () => window.removeEventListener('keydown', listen, true)
}

/** The same text for the same keys. */
function keysOf(hotkey: string): string {
  const parts = hotkey.toLowerCase().split('+')
  const key = parts.pop()!
  const held = parts.map((part) => (part === 'mod' ? (isApple() ? 'meta' : 'ctrl') : part))
  if (key === '' || held.some((part) => !modifiers.includes(part)))
    throw new TypeError(`"${hotkey}" is no hotkey: write it like "mod+shift+e"`)
  return [...modifiers.filter((one) => held.includes(one)), key].join('+')
}

function pressed(event: KeyboardEvent): string {
  const held = [event.ctrlKey, event.metaKey, event.altKey, event.shiftKey]
  return [...modifiers.filter((_, index) => held[index]), event.key.toLowerCase()].join('+')
}
