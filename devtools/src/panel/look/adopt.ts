const sheets = new WeakMap<Document | ShadowRoot, Set<string>>()

/**
 * Puts a style sheet on a document or a shadow root, once. A constructed sheet is allowed where `style-src` forbids inline
 * styles; it has to be made by the window of the document.
 */
export function adopt(root: Document | ShadowRoot, css: string): void {
  const adopted = sheets.get(root) ?? new Set()
  if (adopted.has(css)) return
  sheets.set(root, adopted.add(css))
  const { defaultView } = root.ownerDocument ?? root
  const sheet = new (defaultView ?? globalThis).CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
