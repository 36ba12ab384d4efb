import { type RefObject, useEffect } from 'react'

/** Calls `setOpen(false)` when something else than what is in `around` is pressed, while it is open. */
export function usePressedOutside(
  around: RefObject<HTMLElement | null>,
  isOpen: boolean,
  setOpen: (isOpen: boolean) => void,
): void {
  useEffect(() => {
    if (!isOpen) return undefined
    const { current } = around
    const root = current?.getRootNode() // a shadow root hides from those outside what was pressed in it
    const pressed = (event: Event): void => {
      if (current !== null && !event.composedPath().includes(current)) setOpen(false)
    }
    root?.addEventListener('pointerdown', pressed)
    return () => root?.removeEventListener('pointerdown', pressed)
  }, [around, isOpen, setOpen])
}
