import type { Pattern, Topic } from './pattern.ts'
import { isInternal, MANY, ONE } from './topic.ts'

/** Values under patterns. Adding, removing and finding cost the pattern's length, however many patterns there are. */
export class PatternTrie<V extends object> {
  readonly #exact = new Map<string, Bag<V>>() // most patterns have no wildcard: a map is faster and smaller than a path
  readonly #root = new Node<V>()
  #visit = 0

  add({ text, segments }: Pattern, value: V): void {
    if (segments === undefined) this.#exact.set(text, added(this.#exact.get(text), value))
    else {
      const node = segments.reduce<Node<V>>(step, this.#root)
      node.values = added(node.values, value)
    }
  }

  /** Leaves nothing behind: branches that held only this value go with it. */
  remove({ text, segments }: Pattern, value: V): void {
    if (segments !== undefined) return removeFrom(this.#root, segments, 0, value)
    const rest = removed(this.#exact.get(text), value)
    if (rest === undefined) this.#exact.delete(text)
    else this.#exact.set(text, rest)
  }

  /** The values whose patterns match, in no order; one value under two matching patterns comes twice. */
  collect({ text, segments }: Topic): V[] {
    const found: V[] = []
    pour(this.#exact.get(text), found)
    this.#visit++
    this.#walk(this.#root, segments, 0, found)
    return found
  }

  /** The values under exactly this pattern. */
  at({ text, segments }: Pattern): V[] {
    const found: V[] = []
    const node = segments?.reduce<Node<V> | undefined>(next, this.#root)
    pour(segments === undefined ? this.#exact.get(text) : node?.values, found)
    return found
  }

  /** Every value, in no order. */
  all(): V[] {
    const found: V[] = []
    for (const bag of this.#exact.values()) pour(bag, found)
    gather(this.#root, found)
    return found
  }

  #walk(node: Node<V>, topic: readonly string[], at: number, found: V[]): void {
    if (at === topic.length) pour(node.values, found)
    else {
      const literal = node.children?.get(topic[at]!)
      if (literal !== undefined) this.#walk(literal, topic, at + 1, found)
    }
    if (at === 0 && isInternal(topic[0]!)) return
    if (at < topic.length && node.one !== undefined) this.#walk(node.one, topic, at + 1, found)
    if (node.many !== undefined) this.#walkMany(node.many, topic, at, found)
  }

  // A `**` node goes on from every later place. It remembers the earliest place it has gone on from, so that patterns
  // such as `**.a.**.a.**` visit a (node, place) pair once: linear, not exponential.
  #walkMany(node: Node<V>, topic: readonly string[], at: number, found: V[]): void {
    const end = node.visit === this.#visit ? node.from : topic.length + 1
    if (at >= end) return
    node.visit = this.#visit
    node.from = at
    for (let place = at; place < end; place++) this.#walk(node, topic, place, found)
  }
}

/** Nothing, one value, or several: nearly all patterns hold one, and a set costs 200 bytes. */
type Bag<V> = V | Set<V> | undefined

class Node<V extends object> {
  children: Map<string, Node<V>> | undefined = undefined
  one: Node<V> | undefined = undefined
  many: Node<V> | undefined = undefined
  values: Bag<V> = undefined
  visit = 0
  from = 0
}

function next<V extends object>(node: Node<V> | undefined, segment: string): Node<V> | undefined {
  return segment === ONE ? node?.one : segment === MANY ? node?.many : node?.children?.get(segment)
}

function step<V extends object>(node: Node<V>, segment: string): Node<V> {
  const there = next(node, segment)
  if (there !== undefined) return there
  const made = new Node<V>()
  if (segment === ONE) node.one = made
  else if (segment === MANY) node.many = made
  else (node.children ??= new Map()).set(segment, made)
  return made
}

function removeFrom<V extends object>(node: Node<V>, pattern: readonly string[], at: number, value: V): void {
  if (at === pattern.length) {
    node.values = removed(node.values, value)
    return
  }
  const segment = pattern[at]!
  const child = next(node, segment)
  if (child === undefined) return
  removeFrom(child, pattern, at + 1, value)
  if (isEmpty(child)) detach(node, segment)
}

function detach<V extends object>(node: Node<V>, segment: string): void {
  if (segment === ONE) node.one = undefined
  else if (segment === MANY) node.many = undefined
  else if (node.children?.delete(segment) === true && node.children.size === 0) node.children = undefined
}

function isEmpty<V extends object>(node: Node<V>): boolean {
  return (
    node.values === undefined &&
    node.children === undefined &&
    node.one === undefined &&
    node.many === undefined
  )
}

function gather<V extends object>(node: Node<V> | undefined, found: V[]): void {
  if (node === undefined) return
  pour(node.values, found)
  for (const child of node.children?.values() ?? []) gather(child, found)
  gather(node.one, found)
  gather(node.many, found)
}

function added<V extends object>(bag: Bag<V>, value: V): Bag<V> {
  if (bag === undefined) return value
  return bag instanceof Set ? bag.add(value) : new Set([bag, value])
}

function removed<V extends object>(bag: Bag<V>, value: V): Bag<V> {
  if (!(bag instanceof Set)) return bag === value ? undefined : bag
  bag.delete(value)
  return bag.size === 0 ? undefined : bag
}

function pour<V extends object>(bag: Bag<V>, found: V[]): void {
  if (bag instanceof Set) for (const value of bag) found.push(value)
  else if (bag !== undefined) found.push(bag)
}
