import { type ReactNode, useSyncExternalStore } from 'react'
import type { MailControl } from '../services/mail-service.ts'

/** Lets the mail service fail, and mends it. */
export function MailSwitch({ mail }: { readonly mail: MailControl }): ReactNode {
  const isDown = useSyncExternalStore(mail.subscribe, mail.isDown)
  return (
    <label className="switch">
      <input
        type="checkbox"
        role="switch"
        checked={isDown}
        aria-checked={isDown}
        onChange={(event) => mail.setDown(event.target.checked)}
      />
      Email service fails
    </label>
  )
}
