import type { BusEvent } from '@heliobus/core'
import type { ComponentType } from 'react'
import type { Session } from '../state/session.ts'

/** The event that is looked at, without its secrets, and where it stands. */
export interface Inspected {
  readonly session: Session
  readonly row: number
  readonly event: BusEvent
}

/** One way to look at an event. */
export interface InspectorTab {
  readonly id: string
  readonly title: string
  /** Added to the title. */
  readonly count?: (inspected: Inspected) => number
  /** Stays mounted while another tab is shown, so that it loses nothing of what was opened in it. */
  readonly stays?: boolean
  readonly Content: ComponentType<Inspected>
}
