import type { ReactNode } from 'react'
import type { LinkState } from '../../model/links.ts'
import { duration, wholeNumber } from '../look/figures.ts'

const looks = {
  open: { glyph: '●', tone: 'ok', word: 'open' },
  connecting: { glyph: '◌', tone: 'info', word: 'connecting' },
  lost: { glyph: '✕', tone: 'error', word: 'lost, tries again' },
  closed: { glyph: '○', tone: 'faint', word: 'closed' },
} as const

/** One link as it is. `now`: epoch ms. */
export function LinkLine({
  link,
  status,
  since,
  losses,
  missing,
  now,
}: LinkState & { readonly now: number }): ReactNode {
  const { glyph, tone, word } = looks[status]
  return (
    <tr>
      <td className="hb-mono hb-selectable">{link}</td>
      <td>
        <span className={`hb-${tone}`} aria-hidden="true">
          {glyph}
        </span>{' '}
        {word}
      </td>
      <td className="hb-number hb-mono hb-dim hb-extra">{duration(Math.max(0, now - since))}</td>
      <td className="hb-number hb-mono">{losses === 0 ? '–' : `${wholeNumber(losses)}×`}</td>
      <td className={`hb-number hb-mono${missing > 0 ? ' hb-warn' : ''}`}>
        {missing === 0 ? '–' : wholeNumber(missing)}
      </td>
    </tr>
  )
}
