import type { LinkStatus } from '@heliobus/core'
import { type ReactNode, useMemo } from 'react'
import type { Notices } from '../../model/notices.ts'
import { Item } from './item.tsx'

/** The bridges that were heard of, as they are now; those that were closed are left out. */
export function Links({ notices }: { readonly notices: Notices }): ReactNode {
  // Notices are few and leave with the list; how a link is must outlive what was told of it.
  const links = useMemo(() => ({ of: notices, known: new Map<string, LinkStatus>() }), [notices]).known
  for (const notice of notices.list) if (notice.type === 'link') links.set(notice.link, notice.status)
  return [...links].map(
    ([name, status]) =>
      status !== 'closed' && (
        <Item
          key={name}
          title={`The bridge ${name} is ${status}`}
          tone={status === 'lost' ? 'error' : undefined}
        >
          <span aria-hidden="true">{status === 'open' ? '●' : '◌'} </span>
          {name} {status === 'open' ? '' : status}
        </Item>
      ),
  )
}
