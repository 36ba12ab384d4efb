import type { LinkStatus } from '@heliobus/core'
import { memo, type ReactNode } from 'react'

const glyphs: Readonly<Record<LinkStatus, string>> = { open: '●', connecting: '◆', lost: '▲', closed: '✕' }

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
      <p>
        tab <b data-testid="tab">{tab}</b>
      </p>
      <output className={`link ${link}`}>
        <span aria-hidden="true">{glyphs[link]}</span> link to other tabs: <b data-testid="link">{link}</b>
      </output>
    </header>
  )
})
