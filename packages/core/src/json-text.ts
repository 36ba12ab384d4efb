/** The size of a text in JSON and UTF-8, quotes included; a lone surrogate counts as 2. */
export function textBytes(text: string): number {
  let bytes = text.length + 2
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit >= 0x80) bytes += unit < 0x800 || isSurrogate(unit) ? 1 : 2
    else if (unit < 0x20) bytes += isShortEscape(unit) ? 1 : 5
    else if (unit === 0x22 || unit === 0x5c) bytes++
  }
  return bytes
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

/** Backspace, tab, line feed, form feed, carriage return. */
function isShortEscape(unit: number): boolean {
  return unit >= 8 && unit <= 13 && unit !== 11
}

const LONGEST_PATH = 200

/** `data.items[3]["odd key"]`; an empty path is the value itself. */
export function writtenPath(path: readonly (string | number)[]): string {
  const text = path
    .map((part) =>
      typeof part === 'number' ? `[${part}]` : isName(part) ? `.${part}` : `[${JSON.stringify(part)}]`,
    )
    .join('')
    .replace(/^\./, '')
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text || 'it'
}

function isName(part: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(part)
}
