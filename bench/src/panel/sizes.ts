/** Rows that are kept for a bus unless somebody asks for another number. */
export const DEFAULT_CAPACITY = 65_536
/** Rows that are there before anything is measured. */
export const FILLED = 100_000
/** The capacity that has room for them. */
export const LARGE_CAPACITY = 131_072
/** Events a second. */
export const RATE = 10_000
