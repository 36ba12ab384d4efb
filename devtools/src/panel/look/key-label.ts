const names: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
}

/** Where ⌘ is the key of commands. False where nobody can be asked. */
export function isApple(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
}

/** A command's key as it stands on the keyboard: `mod+k` is ⌘K on Apple's, Ctrl K elsewhere; ' ' is Space. */
export function keyLabel(key: string, apple: boolean = isApple()): string {
  if (key.startsWith('mod+')) return `${apple ? '⌘' : 'Ctrl '}${keyLabel(key.slice(4))}`
  return names[key] ?? (key.length === 1 ? key.toUpperCase() : key)
}
