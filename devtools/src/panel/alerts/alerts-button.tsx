import { type ReactNode, Suspense } from 'react'
import { wholeNumber } from '../look/figures.ts'
import { later } from '../look/later.ts'
import type { Session } from '../state/session.ts'
import { ListButton } from '../status/list-button.tsx'

const AlertsList = later(() => import('./alerts-list.tsx'), 'AlertsList')

/** Says that the bus has raised alerts, brightly until somebody has looked; nothing while there are none. */
export function AlertsButton({ session }: { readonly session: Session }): ReactNode {
  const { alerts } = session.recorder
  if (alerts.count === 0) return null
  const isNew = alerts.count > session.alertsSeen
  return (
    <ListButton
      label="Too much of something in too short a time"
      className={isNew ? 'hb-alert' : 'hb-warn'}
      text={`▲ ${wholeNumber(alerts.count)} ${alerts.count === 1 ? 'alert' : 'alerts'}`}
      onOpen={() => session.seeAlerts()}
      renderList={(id) => (
        <Suspense>
          <AlertsList id={id} session={session} />
        </Suspense>
      )}
    />
  )
}
