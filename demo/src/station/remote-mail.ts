import type { MailControl } from '../services/mail-service.ts'
import type { StationNews } from './news.ts'
import { MAIL_PATH } from './service-facts.ts'

/** The mail service of the workers, as far as a page gets at it. */
export function remoteMail({ facts, subscribe, order }: StationNews): MailControl {
  const listeners = new Set<() => void>()
  // What the visitor wants, until the station has said that it is so.
  let wanted: boolean | undefined
  const want = (wish: boolean | undefined): void => {
    wanted = wish
    for (const listener of listeners) listener()
  }
  return {
    isDown: () => wanted ?? facts().services?.isMailDown ?? false,
    subscribe(onChange) {
      listeners.add(onChange)
      const unsubscribe = subscribe(onChange)
      return () => {
        listeners.delete(onChange)
        unsubscribe()
      }
    },
    setDown(isDown) {
      want(isDown)
      // What could not be told the switch shows: it goes back.
      void order(MAIL_PATH, { isDown })
        .catch(() => undefined)
        .finally(() => want(undefined))
    },
  }
}
