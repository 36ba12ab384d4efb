/** What is in stock. A database in real life: it answers later. */
export interface Shelf {
  readonly count: (product: string) => Promise<number>
  readonly put: (product: string, count: number) => Promise<void>
  /** Pieces of all products, as far as they are written. */
  readonly total: () => number
}

/** As many pieces of each product. */
export function createShelf(products: readonly string[], pieces: number): Shelf {
  const counts = new Map(products.map((product) => [product, pieces]))
  return {
    count: async (product) => Promise.resolve(counts.get(product) ?? 0),
    put: async (product, count) => Promise.resolve(void counts.set(product, count)),
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
  }
}
