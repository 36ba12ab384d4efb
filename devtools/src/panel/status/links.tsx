import type { ReactNode } from 'react'
import type { Links } from '../../model/links.ts'
import { usePanel } from '../use-panel.ts'

/** The links that were heard of, as they are now; those that were closed are left out. Opens their story. */
export function LinkItems({ links }: { readonly links: Links }): ReactNode {
  const panel = usePanel()
  return links.list.map(
    ({ link, status }) =>
      status !== 'closed' && (
        <button
          key={link}
          type="button"
          className={`hb-status-item ${status === 'open' ? 'hb-status-extra' : status === 'lost' ? 'hb-error' : ''}`}
          title={`${link} is ${status}: look at the links`}
          onClick={() => panel.show('links')}
        >
          <span aria-hidden="true">{status === 'open' ? '●' : '◌'} </span>
          {link} {status === 'open' ? '' : status}
        </button>
      ),
  )
}
