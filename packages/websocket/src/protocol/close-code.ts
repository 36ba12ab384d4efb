/** Why a connection ended; the words of docs/PROTOCOL.md. 44xx: coming back unchanged won't help. 45xx: it may. */
export const CloseCode = {
  normal: 1000,
  binary: 1003,
  lost: 1006,
  tooLarge: 1009,
  malformed: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  version: 4406,
  replaced: 4409,
  internal: 4500,
  shutdown: 4503,
  silent: 4508,
  crowded: 4529,
  slow: 4530,
} as const

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode]

const finalOnes: ReadonlySet<number> = new Set([1000, 1002, 1003, 1007, 1009])

/** Whether coming back unchanged is in vain. */
export function isFinal(code: number): boolean {
  return finalOnes.has(code) || (code >= 4400 && code < 4500)
}

const LONGEST = 123

/** A reason as the WebSocket protocol lets it be: at most 123 bytes of UTF-8. */
export function toReason(text: string): string {
  const plain = text.replaceAll(/[^ -~]/g, '?')
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 3)}...` : plain
}

/** The other side broke the protocol: the connection is to be closed with this code. */
export class Violation extends Error {
  readonly code: CloseCode

  constructor(code: CloseCode, reason: string) {
    super(reason)
    this.code = code
  }
}

export function malformed(reason: string): Violation {
  return new Violation(CloseCode.malformed, reason)
}
