import { focused } from '../look/focused.ts'

/**
 * Puts a text on the clipboard; false when neither way is allowed. `from` is an element of the panel: it says in which
 * window that is, and in which shadow root. Call it from a click or a key, or the browser will refuse.
 */
export async function copyText(text: string, from: Element): Promise<boolean> {
  try {
    const { clipboard } = (from.ownerDocument.defaultView ?? globalThis).navigator
    await clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text, from) // no permission, no secure context, or a window without the focus
  }
}

/** The old way, which asks for no permission: a field inside the same shadow root is selected and copied. */
function copyBySelection(text: string, from: Element): boolean {
  const { ownerDocument: page } = from
  const before = focused(from)
  const field = page.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.className = 'hb-unseen'
  ;(from.closest('.hb-panel') ?? page.body).append(field)
  try {
    field.focus()
    field.select()
    // Deprecated, but nothing else copies without a permission.
    return page.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    before?.focus()
  }
}
