import type { LinkStatus } from '@heliobus/core'
import type { Session } from '../state/session.ts'

export interface LinkState {
  readonly name: string
  readonly status: LinkStatus
}

/** The bridges that were heard of, as they are now; those that were closed are left out. */
export function linksOf({ recorder }: Session): readonly LinkState[] {
  const links = new Map<string, LinkStatus>()
  for (const notice of recorder.notices.list)
    if (notice.type === 'link') links.set(notice.link, notice.status)
  return [...links].flatMap(([name, status]) => (status === 'closed' ? [] : [{ name, status }]))
}
