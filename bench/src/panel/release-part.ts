import { atLeast, atMost } from '../table.ts'
import { type Part, row } from './part.ts'
import { type Release, WATCHED } from './release.ts'

export function releasePart({ listed, cleared, unmounted, unmountedClosed }: Release): Part {
  return {
    rows: [
      row('data in memory, 1,000 events listed', listed),
      row('data in memory, list cleared', cleared),
      row('data in memory, open panel unmounted', unmounted),
      row('data in memory, closed panel unmounted', unmountedClosed),
    ],
    bars: [
      atLeast(WATCHED, 'data in memory while 1,000 events are listed', listed, 'payloads'),
      atMost(0, 'data in memory after clearing', cleared, 'payloads'),
      atMost(0, 'data in memory after unmounting', unmounted + unmountedClosed, 'payloads'),
    ],
  }
}
