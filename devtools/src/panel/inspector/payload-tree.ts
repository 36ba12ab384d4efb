import { openPayload, type PayloadNode } from '../../model/payload-node.ts'
import { isLongText } from './value-text.ts'

/** One line of the tree as it is unfolded now. */
export interface TreeLine {
  readonly node: PayloadNode
  readonly id: string
  /** 1 for the payload itself. */
  readonly level: number
  /** Place among its siblings, from 1, and how many they are. */
  readonly position: number
  readonly siblings: number
  /** The line above it; -1 for the first. */
  readonly parent: number
  readonly openable: boolean
  readonly open: boolean
}

/** What somebody opened or closed, by id; the rest is as the tree finds best. */
export type Choices = ReadonlyMap<string, boolean>

/** A tree opens by itself while it stays this small. */
const SMALL = { lines: 40, levels: 4 } as const
/** "Open all" ends here. */
const ALL = { lines: 1_000, levels: 32 } as const

const ROOT = ''

/** A payload as lines. Members are read once, when they are first shown. */
export class PayloadTree {
  readonly root: PayloadNode
  readonly #children = new WeakMap<PayloadNode, readonly PayloadNode[]>()
  readonly #opensByItself: ReadonlySet<string>

  constructor(value: unknown) {
    this.root = openPayload(value)
    this.#opensByItself = new Set(this.#widest(SMALL).open)
  }

  children(node: PayloadNode): readonly PayloadNode[] {
    const known = this.#children.get(node) ?? node.children()
    this.#children.set(node, known)
    return known
  }

  isOpenable(node: PayloadNode): boolean {
    return isLongText(node) || (node.expandable && this.children(node).length > 0)
  }

  /** The lines from top to bottom. */
  lines(choices: Choices): readonly TreeLine[] {
    const lines: TreeLine[] = []
    const visit = (
      node: PayloadNode,
      at: Pick<TreeLine, 'id' | 'level' | 'position' | 'siblings' | 'parent'>,
    ): void => {
      const openable = this.isOpenable(node)
      const open = openable && (choices.get(at.id) ?? this.#opensByItself.has(at.id))
      const parent = lines.push({ node, ...at, openable, open }) - 1
      if (!open) return
      const children = this.children(node)
      for (const [index, child] of children.entries())
        visit(child, {
          id: idOf(at.id, child),
          level: at.level + 1,
          position: index + 1,
          siblings: children.length,
          parent,
        })
    }
    visit(this.root, { id: ROOT, level: 1, position: 1, siblings: 1, parent: -1 })
    return lines
  }

  /** Opens everything, the upper levels first, up to 1,000 lines and 32 levels. */
  openAll(): { readonly choices: Choices; readonly complete: boolean } {
    const { open, complete } = this.#widest(ALL)
    return { choices: new Map(open.map((id) => [id, true])), complete }
  }

  /** Leaves only the first level. */
  closeAll(): Choices {
    return new Map([
      [ROOT, true],
      ...[...this.#opensByItself].filter((id) => id !== ROOT).map((id) => [id, false] as const),
    ])
  }

  /** The id of what stands at a path, and of all that must be open to see it; `undefined` when nothing stands there. */
  find(path: readonly string[]): { readonly id: string; readonly above: readonly string[] } | undefined {
    const above: string[] = []
    let [node, id] = [this.root, ROOT]
    for (const key of path) {
      const way = this.#wayTo(node, key)
      if (way === undefined) return undefined
      for (const next of way) {
        above.push(id)
        ;[node, id] = [next, idOf(id, next)]
      }
    }
    return { id, above }
  }

  /** The child with a key, after the chunks that lead to it. */
  #wayTo(node: PayloadNode, key: string): readonly PayloadNode[] | undefined {
    for (const child of this.children(node)) {
      if (child.kind !== 'chunk' && child.key === key) return [child]
      const inside = child.kind === 'chunk' ? this.#wayTo(child, key) : undefined
      if (inside !== undefined) return [child, ...inside]
    }
    return undefined
  }

  /** What can be open, level by level, before a bound is met. The payload itself and what has one member always open. */
  #widest(bound: { readonly lines: number; readonly levels: number }): { open: string[]; complete: boolean } {
    const open: string[] = []
    let complete = true
    let lines = 1
    let level: readonly (readonly [string, PayloadNode])[] = [[ROOT, this.root]]
    for (let depth = 1; level.length > 0; depth++) {
      const next: (readonly [string, PayloadNode])[] = []
      for (const [id, node] of level) {
        if (!node.expandable) continue
        const children = this.children(node)
        const fits = depth <= bound.levels && lines + children.length <= bound.lines && node.kind !== 'chunk'
        if (!fits && depth > 1) {
          complete = false
          continue
        }
        lines += children.length
        open.push(id)
        next.push(...children.map((child) => [idOf(id, child), child] as const))
      }
      level = next
    }
    return { open, complete }
  }
}

function idOf(parent: string, { key }: PayloadNode): string {
  return `${parent}\u0000${key}`
}
