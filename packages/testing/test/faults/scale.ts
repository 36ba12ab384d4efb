/** How much longer than in `npm test` the tests of faults are: `npm run test:chaos` says it. */
export const SCALE: number = Number(process.env['CHAOS'] ?? 1)

export const isLong: boolean = SCALE > 1
