import type { LetterGroup } from '../../model/letter-groups.ts'

const kinds: Readonly<Record<string, string>> = {
  failed: 'The handler gave up',
  overflow: 'Too many events waited',
  invalid: 'It does not fit its definition',
  unrouted: 'Nobody handles it',
  crashed: 'Each process that took it died',
  expired: 'It was too old before it was handled',
}

/** Why letters are dead, in words: the error, or what there is instead of one. */
export function letterReason({ error, kind }: Pick<LetterGroup, 'error' | 'kind'>): string {
  return error === '' ? kindText(kind) : error
}

/** What kind of dead letter it is, in words. */
export function kindText(kind: string): string {
  return Object.hasOwn(kinds, kind) ? kinds[kind]! : kind
}
