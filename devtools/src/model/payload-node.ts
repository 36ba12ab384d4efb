import { isObject, isUnreadable, kindOfObject, type Member, Members, shortText } from './members.ts'

/** What a value is, for how it is shown. */
export type PayloadKind = 'plain' | 'text' | 'list' | 'object' | 'cycle' | 'unreadable' | 'chunk'

/** One line of a payload's tree. Children are read when they are asked for, and only those. */
export interface PayloadNode {
  readonly key: string
  /** Where it stands: the keys from the payload on. */
  readonly path: readonly string[]
  readonly kind: PayloadKind
  /** At most 200 characters, always text and never markup. */
  readonly preview: string
  /** The value, by reference. */
  readonly value: unknown
  readonly expandable: boolean
  /** At most 100; a value with more members has chunks of them, and chunks of chunks. */
  children(): readonly PayloadNode[]
}

const CHUNK = 100

/** A payload as a tree to unfold. Never throws: what can't be read says so. A cycle ends with its first repetition. */
export function openPayload(value: unknown): PayloadNode {
  return nodeOf(['data', value], [], [])
}

function nodeOf([key, value]: Member, path: readonly string[], around: readonly object[]): PayloadNode {
  const kind = kindOf(value, around)
  const expandable = kind === 'list' || kind === 'object'
  const inside = (): readonly PayloadNode[] =>
    isObject(value) && expandable ? unfold(value, path, [...around, value]) : []
  const preview = kind === 'cycle' ? '(contains itself)' : shortText(value)
  return { key, path, kind, preview, value, expandable, children: inside }
}

function kindOf(value: unknown, around: readonly object[]): PayloadKind {
  if (typeof value === 'string') return 'text'
  if (!isObject(value)) return 'plain'
  if (around.includes(value)) return 'cycle'
  const kind = kindOfObject(value)
  if (kind === 'closed' || isUnreadable(value)) return 'unreadable'
  if (kind === 'date') return 'plain'
  return kind === 'list' || kind === 'set' ? 'list' : 'object'
}

function unfold(object: object, path: readonly string[], around: readonly object[]): readonly PayloadNode[] {
  const members = new Members(object)
  const node = (member: Member): PayloadNode => nodeOf(member, [...path, member[0]], around)

  const range = (from: number, count: number): readonly PayloadNode[] => {
    if (count <= CHUNK) return [...members.range(from, count)].map(node)
    let width = CHUNK
    while (width * CHUNK < count) width *= CHUNK
    return Array.from({ length: Math.ceil(count / width) }, (_, index) => {
      const start = from + index * width
      const size = Math.min(width, from + count - start)
      return chunkOf(`${start}…${start + size - 1}`, object, path, () => range(start, size))
    })
  }

  return range(0, members.count)
}

function chunkOf(
  key: string,
  value: object,
  path: readonly string[],
  children: () => readonly PayloadNode[],
): PayloadNode {
  return { key, path, kind: 'chunk', preview: '', value, expandable: true, children }
}
