import type { Clock, Rejection, WireEvent } from '@heliobus/core'
import type { Letter } from './outbox.ts'

/** Keeps events until the hub has them, beyond the life of this page. */
export interface KeptOutbox {
  /** Pages that give the same name share it. */
  readonly name: string
  /** Begins to send what is kept. Rejects with `outbox-failed`. */
  open(uplink: Uplink): Promise<OpenOutbox>
}

export interface OpenOutbox {
  /** Resolves when all of them are kept. Rejects with `outbox-full` or `outbox-failed`; then none is. */
  keep(events: readonly WireEvent[]): Promise<void>
  /** What is kept stays. Twice is fine. */
  close(): Promise<void>
}

/** The way from an outbox to the hub. */
export interface Uplink {
  readonly clock: Clock
  readonly random: () => number
  /**
   * Connects in the name of a session. Called by the one outbox of all pages that may send. Resolves when the first attempt has
   * ended, well or not; rejects when trying again is in vain.
   */
  connect(session: string): Promise<Sender>
  /** The hub does not take an event that was kept. */
  refused(event: WireEvent, reason: string): void
  /** This page sends no more: the hub does not let it. */
  ended(error: unknown): void
}

/** A connection that only sends. */
export interface Sender {
  /** `first` is the number of the first. Resolves when the hub has answered for all; rejects when it never will. */
  send(letters: readonly Letter[], first: number): Promise<readonly Rejection[]>
  close(): Promise<void>
}
