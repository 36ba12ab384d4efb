import type { ReactNode } from 'react'
import type { FilterFault } from '../../model/filter-syntax.ts'
import { piecesOf } from './filter-pieces.ts'

interface Props {
  readonly text: string
  readonly faults?: readonly FilterFault[]
}

const none: readonly FilterFault[] = []

/** A filter, or a piece of one, in colours; what could not be understood is underlined. */
export function FilterText({ text, faults = none }: Props): ReactNode {
  return piecesOf(text, faults).map(({ text: piece, kind, faulty }, index) => (
    // A piece has no name but its place.
    <span key={index} data-piece={kind} data-faulty={faulty ? '' : undefined}>
      {piece}
    </span>
  ))
}
