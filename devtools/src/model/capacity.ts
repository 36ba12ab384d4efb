const SMALLEST = 16
const LARGEST = 2 ** 22

/** How many rows a ring has that shall hold so many: a power of two, from 16 to 4,194,304. */
export function capacityOf(wished: number): number {
  const wanted = Number.isFinite(wished) ? Math.min(Math.max(wished, SMALLEST), LARGEST) : LARGEST
  return 2 ** Math.ceil(Math.log2(wanted))
}
