import type { Commands } from '../streams/commands.ts'
import { entriesOf, type StreamEntry } from './history-entry.ts'
import type { HistoryKeys } from './history-keys.ts'
import { lookAt, type State } from './history-scripts.ts'

/** Entries of one call or answer: each may have 64 KiB. */
export const PAGE = 250

/** The newest entries of a history, oldest first, and the epoch that they are of. */
export interface Newest {
  readonly epoch: string
  readonly entries: readonly StreamEntry[]
}

export interface NewestOptions {
  readonly events: number
  readonly characters: number
}

/** Reads anew when the history begins anew meanwhile. Begins one if there is none. */
export async function newest(commands: Commands, keys: HistoryKeys, options: NewestOptions): Promise<Newest> {
  let state: State | undefined
  for (;;) {
    const { epoch } = state ?? (await lookAt(commands, keys))
    const entries = await readBack(commands, keys, options)
    state = await lookAt(commands, keys)
    if (state.epoch === epoch) return { epoch, entries }
  }
}

async function readBack(
  commands: Commands,
  { log }: HistoryKeys,
  { events, characters }: NewestOptions,
): Promise<readonly StreamEntry[]> {
  const found: StreamEntry[] = []
  let left = characters
  let end = '+'
  while (found.length < events && left > 0) {
    const count = Math.min(PAGE, events - found.length)
    const page = entriesOf(
      await commands.send(['XREVRANGE', log, end, '-', 'COUNT', String(count)], { key: log }),
    )
    for (const entry of page) {
      if (found.length > 0 && !isNext(entry, found.at(-1)!)) return found.toReversed()
      found.push(entry)
      left -= entry.text.length
    }
    if (page.length < count) break
    end = `(${idOf(found.at(-1)!)}`
  }
  return found.toReversed()
}

/** Whether nothing is missing between two entries, and both are of one life of the history. */
export function isNext(before: Pick<StreamEntry, 'position' | 'stamp'>, entry: StreamEntry): boolean {
  return entry.position === before.position + 1 && entry.before === before.stamp
}

/** What it is called in the stream; where there is nothing yet, what comes before everything. */
export function idOf({ position, stamp }: Pick<StreamEntry, 'position' | 'stamp'>): string {
  return `${position}-${stamp || '0'}`
}
