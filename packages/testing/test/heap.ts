import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

/** Bytes in use when nothing is left to collect, buffers included. */
export function bytesInUse(): number {
  for (let round = 0; round < 3; round++) gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
