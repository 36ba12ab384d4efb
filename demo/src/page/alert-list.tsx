import type { Alert } from '@heliobus/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useBus } from './bus-hooks.ts'
import { counted, timeOfDay } from './numbers.ts'

/** The alerts of the bus, the newest of each rule, until the visitor has seen them. */
export function AlertList(): ReactNode {
  const bus = useBus()
  const [alerts, setAlerts] = useState<readonly Alert[]>([])
  const dismiss = (name: string): void => setAlerts((all) => all.filter((one) => one.name !== name))
  useEffect(() => {
    const listening = bus.alerts$.subscribe((alert) =>
      setAlerts((all) => [alert, ...all.filter(({ name }) => name !== alert.name)]),
    )
    return () => listening.unsubscribe()
  }, [bus])
  return (
    <div className="alerts" role="alert">
      {alerts.map((alert) => (
        <AlertRow key={alert.name} alert={alert} onDismiss={() => dismiss(alert.name)} />
      ))}
    </div>
  )
}

const subjects: Readonly<Record<Alert['on'], string>> = {
  'dead-letters': 'dead letter',
  failures: 'failure',
  slow: 'slow call',
}

interface Props {
  readonly alert: Alert
  readonly onDismiss: () => void
}

function AlertRow({ alert, onDismiss }: Props): ReactNode {
  const { on, name, threshold, window, at, evidence } = alert
  const newest = evidence.at(-1)
  return (
    <p className="alert" data-testid={`alert-${name}`}>
      <span className="glyph" aria-hidden="true">
        ▲
      </span>
      <span>
        <b>
          {counted(threshold, subjects[on])} within {window / 1_000} s
        </b>
        , last {newest?.handler ?? 'nobody'} on {newest?.eventType}
        {newest?.error instanceof Error && `: ${newest.error.message}`}
      </span>
      <time>{timeOfDay(at)}</time>
      <button type="button" onClick={onDismiss}>
        Dismiss
      </button>
    </p>
  )
}
