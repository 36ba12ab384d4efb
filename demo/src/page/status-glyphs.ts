import type { LinkStatus } from '@heliobus/core'

export const statusGlyphs: Readonly<Record<LinkStatus, string>> = {
  open: '●',
  connecting: '◆',
  lost: '▲',
  closed: '✕',
}
