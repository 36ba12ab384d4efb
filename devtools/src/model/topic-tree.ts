import type { Statistics, TypeCounts } from './statistics.ts'

/** A segment of topics with the sums of all below it. */
export interface TopicBranch {
  readonly segment: string
  /** The topic up to here. */
  readonly path: string
  readonly published: number
  readonly failures: number
  readonly unhandled: number
  /** Events per second, over the last 5 whole seconds. */
  readonly rate: number
  /** Events of each of the last 30 whole seconds, oldest first. */
  readonly recent: readonly number[]
  /** In the order in which they were met. */
  readonly children: readonly TopicBranch[]
}

interface Node {
  readonly segment: string
  readonly path: string
  readonly children: Map<string, Node>
  readonly counts: TypeCounts[]
}

const RECENT = 30 // s

/** Topics by their segments. Grows with new types only; `branches` sums anew, linear in the types. */
export class TopicTree {
  readonly #current: () => Statistics
  #statistics: Statistics
  #root: Node = node('', '')
  #placed = new Set<TypeCounts>()

  /** Of statistics, or of those that a recorder has now: the tree begins anew when they do. */
  constructor(source: Statistics | { readonly statistics: Statistics }) {
    this.#current = () => ('statistics' in source ? source.statistics : source)
    this.#statistics = this.#current()
  }

  /** `now` in epoch ms. */
  branches(now: number): readonly TopicBranch[] {
    if (this.#current() !== this.#statistics) this.#begin()
    const { met } = this.#statistics
    if (met.length > this.#placed.size) for (const counts of met) this.#place(counts)
    return [...this.#root.children.values()].map((child) => summed(child, now))
  }

  #begin(): void {
    this.#statistics = this.#current()
    this.#root = node('', '')
    this.#placed = new Set()
  }

  #place(counts: TypeCounts): void {
    if (this.#placed.has(counts)) return
    this.#placed.add(counts)
    let at = this.#root
    for (const segment of counts.type.split(/[.:]/)) at = childOf(at, segment)
    at.counts.push(counts)
  }
}

function node(segment: string, path: string): Node {
  return { segment, path, children: new Map(), counts: [] }
}

function childOf(parent: Node, segment: string): Node {
  const known = parent.children.get(segment)
  if (known !== undefined) return known
  const child = node(segment, parent.path === '' ? segment : `${parent.path}.${segment}`)
  parent.children.set(segment, child)
  return child
}

function summed({ segment, path, children, counts }: Node, now: number): TopicBranch {
  const below = [...children.values()].map((child) => summed(child, now))
  const sum = (own: (of: TypeCounts) => number, all: (of: TopicBranch) => number): number =>
    counts.reduce((total, one) => total + own(one), 0) + below.reduce((total, one) => total + all(one), 0)
  return {
    segment,
    path,
    published: sum(
      (one) => one.published,
      (one) => one.published,
    ),
    failures: sum(
      (one) => one.failures,
      (one) => one.failures,
    ),
    unhandled: sum(
      (one) => one.unhandled,
      (one) => one.unhandled,
    ),
    rate: sum(
      (one) => one.seconds.rate(now),
      (one) => one.rate,
    ),
    recent: addUp([
      ...counts.map(({ seconds }) => seconds.last(RECENT, now)),
      ...below.map(({ recent }) => recent),
    ]),
    children: below,
  }
}

function addUp(courses: readonly (readonly number[])[]): readonly number[] {
  return Array.from({ length: RECENT }, (_, second) =>
    courses.reduce((sum, course) => sum + (course[second] ?? 0), 0),
  )
}
