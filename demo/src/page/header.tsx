import type { LinkStatus } from '@heliobus/core'
import { memo, type ReactNode } from 'react'
import { statusGlyphs } from './status-glyphs.ts'
import { ThemeSwitch } from './theme-switch.tsx'

interface Props {
  readonly tab: string
  readonly link: LinkStatus
}

export const Header = memo(function Header({ tab, link }: Props): ReactNode {
  return (
    <header className="header">
      <h1>
        Heliobus <span>Observatory</span>
      </h1>
      <p className="tab">
        tab <b data-testid="tab">{tab}</b>
      </p>
      <output className={`link ${link}`}>
        <span aria-hidden="true">{statusGlyphs[link]}</span>{' '}
        <span className="wide">link to other tabs: </span>
        <b data-testid="link">{link}</b>
      </output>
      <ThemeSwitch />
    </header>
  )
})
