import { type ReactNode, useEffect } from 'react'
import { linksCss } from '../links/links.css.ts'
import { useStyles } from '../look/use-styles.ts'
import { useSession } from '../use-panel.ts'
import { GroupSection } from './group-section.tsx'
import { groupsCss } from './groups.css.ts'

const css = linksCss + groupsCss

/** The consumer groups of other processes: how far each is, and what is wrong with it. */
export function GroupsView(): ReactNode {
  const { far } = useSession() // renders anew when something was heard
  const dress = useStyles(css)
  const groups = far?.groups
  useEffect(() => groups?.watch(), [groups])
  if (groups === undefined || groups.list.length === 0) return <NoGroups />
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that it can be scrolled by keys
    <div ref={dress} className="hb-links hb-groups" tabIndex={0}>
      {groups.list.map((group) => (
        <GroupSection key={group.id} group={group} />
      ))}
    </div>
  )
}

function NoGroups(): ReactNode {
  return (
    <div className="hb-note">
      <strong>No consumer groups</strong>
      <span>
        Those that another process shows over its tap will stand here: how far each is, shard by shard, and
        what is wrong
      </span>
    </div>
  )
}
