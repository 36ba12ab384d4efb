import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

/** Not to be guessed. */
export function newToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Whether two tokens are the same; how long that takes says nothing. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

/** Throws a `Refusal`, `unauthenticated`, unless the request bears the token. */
export function requireBearer({ headers: { authorization = '' } }: IncomingMessage, token: string): void {
  const [, given = ''] = /^bearer +(\S+)$/i.exec(authorization) ?? []
  if (isSame(given, token)) return
  throw new Refusal(
    401,
    'unauthenticated',
    'send the header "Authorization: Bearer <token>" with the token that the ground station printed',
    {
      headers: { 'www-authenticate': 'Bearer' },
    },
  )
}
