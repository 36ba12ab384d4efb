import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  /** The keyboard comes here when it appears. */
  readonly takesFocus: boolean
  readonly onChoose: () => void
}

/** The way to a range without a pointer: seen only while it has the focus. */
export function ChooseRange({ takesFocus, onChoose }: Props): ReactNode {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (takesFocus) button.current?.focus()
  }, [takesFocus])
  return (
    <button ref={button} type="button" className="hb-overview-choose" onClick={onChoose}>
      Choose a time range
    </button>
  )
}
