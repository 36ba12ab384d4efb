import type { MailControl } from '../services/mail-service.ts'
import type { StationNews } from './news.ts'
import { MAIL_PATH } from './service-facts.ts'

/** The mail service of the workers, as far as a page gets at it. */
export function remoteMail({ facts, subscribe, order }: StationNews): MailControl {
  return {
    isDown: () => facts().services?.isMailDown ?? false,
    subscribe,
    // What could not be told the switch shows: it stays as it was.
    setDown: (isDown) => void order(MAIL_PATH, { isDown }).catch(() => undefined),
  }
}
