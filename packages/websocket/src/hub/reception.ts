import { CloseCode, Violation } from '../protocol/close-code.ts'
import type { Hello } from '../protocol/frames.ts'
import type { IncomingMessage } from 'node:http'
import type { HubOptions, Principal, Rights } from './settings.ts'

/** Somebody who may come in. */
export interface Guest<P extends Principal> {
  readonly hello: Hello
  readonly principal: P
  readonly rights: Rights
  /** How far its session is in a history that other hubs append to. */
  readonly known?: number
}

/** What its session is called: the same at every hub. */
export function keyOf({ principal, hello }: Guest<Principal>): string {
  return JSON.stringify([principal.id, hello.session])
}

/** The part of the options that says who may come in. */
export type Rules<P extends Principal> = Pick<
  Required<HubOptions<P>>,
  'origins' | 'allowNoOrigin' | 'authenticate' | 'authorize'
>

/** Says who may come in, and what they may do. What is wrong throws or rejects with a `Violation`. */
export class Reception<P extends Principal> {
  readonly #rules: Rules<P>

  constructor(rules: Rules<P>) {
    this.#rules = rules
  }

  checkOrigin(request: IncomingMessage): void {
    checkOrigin(request, this.#rules)
  }

  async greet(request: IncomingMessage, hello: Hello): Promise<Guest<P>> {
    const principal = await this.#rules.authenticate(request, hello)
    if (principal === undefined) throw new Violation(CloseCode.unauthenticated, 'not authenticated')
    return { hello, principal, rights: await this.rightsOf(principal) }
  }

  async rightsOf(principal: P): Promise<Rights> {
    const rights = await this.#rules.authorize(principal)
    if (rights === undefined) throw new Violation(CloseCode.unauthenticated, 'not let in any more')
    return rights
  }
}

/** Before anything of a client is read: another site's page must not even say hello with its visitor's cookies. */
export function checkOrigin(
  { headers: { origin } }: IncomingMessage,
  { origins, allowNoOrigin }: Pick<Rules<Principal>, 'origins' | 'allowNoOrigin'>,
): void {
  if (origin === undefined ? allowNoOrigin : origins.includes(origin)) return
  throw new Violation(CloseCode.forbidden, `the origin ${origin ?? '(none)'} is not allowed`)
}
