import type { RemoteGroups } from './remote-groups.ts'
import type { LinkStatus, Signal } from './signal.ts'

/** The tap of a bus in another process, for whoever watches from here. */
export interface RemoteTap {
  /** What the other process is called here. Short: it stands beside every event. */
  readonly name: string
  /** Begins to watch. Before that nothing is connected, and over there nothing is written down. */
  watch(watcher: TapWatcher): TapWatch
}

/** Who is told. */
export interface TapWatcher {
  /** `lost`: it tries again by itself. `closed`: trying again would be in vain; `detail` says why. */
  status(status: LinkStatus, detail: string): void
  /** Comes about ten times a second, also when nothing has happened. */
  told(batch: TapBatch): void
  /** What is known of the other clock by now. */
  clock(offset: ClockOffset): void
}

/** Signals of another process, oldest first. Times are of its clock, events come without their data. */
export interface TapBatch {
  readonly signals: readonly Signal[]
  /** Epoch ms: up to then everything has been told, but for what was left out. */
  readonly until: number
  /** How many signals there was no room for since the batch before, or that could not be read. */
  readonly leftOut: number
}

/** How many ms have to be added to a time of the other clock to have it in ours: at least, and at most. */
export interface ClockOffset {
  readonly least: number
  readonly most: number
}

export interface TapWatch {
  /** The data of an event that was told of, masked over there; never rejects. */
  pull(eventId: string): Promise<PulledData>
  /** The consumer groups of the process; `undefined` while it is not connected, and when it shows none. */
  readonly groups?: RemoteGroups | undefined
  /** Nothing is told any more. Twice is fine. */
  stop(): void
}

/** The data, or why it can't be had, in words. */
export type PulledData = { readonly data: unknown } | { readonly missing: string }
