import type { Clock } from '@heliobus/core'
import { pause } from '../pause.ts'

/** What the mail service is told to send. It writes the text, and asks for a reset's token by `reset_id`. */
export type Mail =
  | { readonly template: 'welcome'; readonly user_id: string }
  | { readonly template: 'password_reset'; readonly user_id: string; readonly reset_id: string }

/** What lets the mail service fail. Fits `useSyncExternalStore`. */
export interface MailControl {
  readonly isDown: () => boolean
  readonly setDown: (isDown: boolean) => void
  readonly subscribe: (onChange: () => void) => () => void
}

/** The service outside that sends mails: it takes time, and now and then it is down. */
export interface MailService extends MailControl {
  /** Resolves once the mail is on its way. Rejects while the service is down, and with the signal's reason. */
  readonly send: (mail: Mail, signal: AbortSignal) => Promise<void>
  /** The newest mail that went out. */
  readonly newest: () => Mail | undefined
}

/** ms that the service takes to accept a mail, or to refuse it. */
export const MAIL_TIME = 80

export function createMailService(clock: Clock): MailService {
  const listeners = new Set<() => void>()
  let isDown = false
  let newest: Mail | undefined

  return {
    isDown: () => isDown,
    setDown(value) {
      isDown = value
      for (const listener of listeners) listener()
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    async send(mail, signal) {
      await pause(clock, MAIL_TIME, signal)
      signal.throwIfAborted()
      if (isDown) throw new Error('the mail service does not answer')
      newest = mail
    },
    newest: () => newest,
  }
}
