import { isSecretName, MASK, type Secrecy, secrecyOf } from '@heliobus/core'
import { isClosed, isObject, kindOfObject, Members, shortText } from '../../model/members.ts'

/** What fits into a line, with room to spare: nothing beyond is read. */
const seen = { characters: 240, members: 12, depth: 3, text: 80 } as const

const byName = secrecyOf([], isSecretName)

/**
 * A payload in one line, as code would write it: `{total: 37, items: [{sku: "a"}]}`; without what is secret. Never throws;
 * markup stays text.
 */
export function previewOf(value: unknown, secrecy: Secrecy = byName): string {
  if (value === undefined) return ''
  return write(value, secrecy, 0, seen.characters).replaceAll(/\s+/g, ' ')
}

function write(value: unknown, secrecy: Secrecy, depth: number, room: number): string {
  if (typeof value === 'string') return `"${shortText(value, depth === 0 ? seen.characters : seen.text)}"`
  return isObject(value) ? writeObject(value, secrecy, depth, room) : shortText(value, seen.text)
}

function writeObject(value: object, secrecy: Secrecy, depth: number, room: number): string {
  const kind = kindOfObject(value)
  if (isClosed(value)) return shortText(value, seen.text)
  const hasKeys = kind === 'object' || kind === 'map'
  const members = new Members(value)
  const text =
    members.count > 0 && depth === seen.depth ? '…' : writeMembers(members, hasKeys, secrecy, depth, room)
  return hasKeys ? `{${text}}` : `[${text}]`
}

function writeMembers(
  members: Members,
  hasKeys: boolean,
  secrecy: Secrecy,
  depth: number,
  room: number,
): string {
  const parts: string[] = []
  let left = room
  for (const [key, member] of members.range(0, seen.members)) {
    if (left <= 0) break
    const shown = secrecy.hides(key, !hasKeys, member)
      ? MASK
      : write(member, secrecy.inside(key), depth + 1, left)
    const part = `${hasKeys ? `${shortText(key, seen.text)}: ` : ''}${shown}`
    left -= part.length
    parts.push(part)
  }
  return (parts.length < members.count ? [...parts, '…'] : parts).join(', ')
}
