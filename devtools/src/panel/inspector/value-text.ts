import { kindOfObject } from '../../model/members.ts'
import type { PayloadNode } from '../../model/payload-node.ts'

/** How a value is coloured. */
export type Tone =
  | 'string'
  | 'number'
  | 'boolean'
  | 'empty'
  | 'date'
  | 'error'
  | 'odd'
  | 'unreadable'
  | 'object'

/** `odd` is what JSON doesn't know: functions, symbols, a cycle. */
export function toneOf({ kind, value }: PayloadNode): Tone {
  if (kind === 'text') return 'string'
  if (kind === 'unreadable') return 'unreadable'
  if (kind === 'cycle') return 'odd'
  if (kind === 'chunk') return 'object'
  if (typeof value === 'object' && value !== null) return toneOfObject(value)
  return toneOfPlain(value)
}

function toneOfObject(value: object): Tone {
  const kind = kindOfObject(value)
  return kind === 'date' || kind === 'error' ? kind : 'object'
}

function toneOfPlain(value: unknown): Tone {
  if (value === null || value === undefined) return 'empty'
  if (typeof value === 'number' || typeof value === 'bigint') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'odd'
}

/** A text of which the preview shows only the beginning. */
export function isLongText({ kind, value }: PayloadNode): boolean {
  return kind === 'text' && typeof value === 'string' && value.length > 200
}

/** A path as code would write it: `data.items[0].sku`, `data["odd key"]`. */
export function pathText(path: readonly string[]): string {
  const steps = path.map((key) => {
    if (/^\d+$/.test(key)) return `[${key}]`
    return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  })
  return `data${steps.join('')}`
}

const GLANCE = { members: 4, characters: 80 } as const

/** A value in one line: a text in quotes, a list or object by its first members. `children` are its own. */
export function glance(node: PayloadNode, children: readonly PayloadNode[]): string {
  if (node.kind === 'chunk') return ''
  if (node.kind === 'text') return JSON.stringify(node.preview)
  if (node.kind === 'unreadable' && node.preview === '(no text)') return "(can't be read)"
  if (!node.expandable || toneOf(node) === 'error') return node.preview
  return `${makerOf(node)}${membersText(node, children)}`
}

/** How many members a value has, also when they come in chunks: the last chunk's key says where it ends. */
export function countOf(children: readonly PayloadNode[]): number {
  const last = children.at(-1)
  return last?.kind === 'chunk' ? Number(last.key.split('…')[1]) + 1 : children.length
}

function makerOf({ preview }: PayloadNode): string {
  return preview === 'Object' || preview === 'Array' ? '' : `${preview} `
}

function membersText(node: PayloadNode, children: readonly PayloadNode[]): string {
  const [begin, end] = node.kind === 'list' ? '[]' : '{}'
  const shown = children.filter(({ kind }) => kind !== 'chunk').slice(0, GLANCE.members)
  const texts = shown.map((child) => (node.kind === 'list' ? brief(child) : `${child.key}: ${brief(child)}`))
  if (shown.length < children.length) texts.push('…')
  const text = texts.join(', ')
  return `${begin}${text.length > GLANCE.characters ? `${text.slice(0, GLANCE.characters)}…` : text}${end}`
}

function brief(node: PayloadNode): string {
  if (node.expandable) return node.kind === 'list' ? '[…]' : '{…}'
  return node.kind === 'text' ? JSON.stringify(node.preview) : node.preview
}
