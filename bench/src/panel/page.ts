import { mountDevtools } from '@heliobus/devtools/vanilla'
import { type Blocked, blocksUntil } from './blocks.ts'
import { type FilterName, filters } from './events.ts'
import { type Watched, watch } from './frames.ts'
import { Load } from './load.ts'
import { PlainSearch } from './plain-search.ts'
import { clear, drawn, isOpen, listed, newest, selectNewest, typeFilter } from './screen.ts'

/** What Node calls in the page: an app with a bus, which can have the devtools mounted. */
export class BenchPage {
  readonly load: Load = new Load()
  readonly drawn: typeof drawn = drawn
  readonly clear: typeof clear = clear
  readonly selectNewest: typeof selectNewest = selectNewest
  #unmount: (() => void) | undefined = undefined
  #still: (() => void) | undefined = undefined
  #watched: readonly WeakRef<object>[] = []
  #plain: PlainSearch | undefined = undefined
  #first = 0

  /** Mounts the devtools as an app does, and opens them: from then on everything is recorded. */
  async mount(capacity?: number): Promise<void> {
    this.#first = this.load.published
    const size = capacity === undefined ? {} : { capacity }
    this.#unmount = mountDevtools(this.load.bus, { ...size, shadowMode: 'open', initialOpen: true })
    await until(isOpen)
  }

  unmount(): void {
    this.#unmount?.()
    this.#unmount = undefined
  }

  /** Events since the devtools were mounted. */
  get recorded(): number {
    return this.load.published - this.#first
  }

  /** Publishes so many events a second from now on; 0 for none. */
  flow(rate: number): void {
    this.#still?.()
    this.#still = rate === 0 ? undefined : this.load.flow(rate)
  }

  /** Watches for so many ms; also how many events were published meanwhile. */
  async watch(ms: number): Promise<Watched & { readonly published: number }> {
    const before = this.load.published
    const watched = await watch(ms)
    return { ...watched, published: this.load.published - before }
  }

  /** Waits until the panel shows the newest event. */
  async shown(): Promise<void> {
    await until(() => newest() === this.recorded - 1)
  }

  /** Types a filter, until all that it must find is listed; then takes it out again. */
  async filter(name: FilterName): Promise<Blocked> {
    const { text, finds } = filters[name]
    const wanted = this.#count(finds)
    const all = listed()
    const blocked = await blocksUntil(
      () => typeFilter(text),
      () => listed() >= wanted && listed() < all, // on a busy machine a quick handler may have been slow
    )
    typeFilter('')
    await until(() => listed() === all)
    return blocked
  }

  /** How long a plain loop over as many events takes for the same text, in ms. */
  plainSearch(): number {
    this.#plain ??= new PlainSearch(this.recorded)
    return this.#plain.run(filters.text.text)
  }

  /** Publishes so many events whose data nothing here holds. */
  watchData(count: number): void {
    this.#watched = Array.from({ length: count }, () => new WeakRef(this.load.publish()))
  }

  /** How many of those are still in memory; to be asked in a task of its own. */
  get alive(): number {
    return this.#watched.filter((one) => one.deref() !== undefined).length
  }

  #count(finds: (n: number) => boolean): number {
    let count = 0
    for (let n = this.#first; n < this.load.published; n++) if (finds(n)) count++
    return count
  }
}

async function until(isDone: () => boolean): Promise<void> {
  await blocksUntil(() => {}, isDone)
}

Object.assign(globalThis, { bench: new BenchPage() })
