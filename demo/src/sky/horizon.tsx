import { memo, type ReactNode } from 'react'

/** Hills, and the dome with its slit open. */
export const Horizon = memo(function Horizon(): ReactNode {
  return (
    <div className="horizon" aria-hidden="true">
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none">
        <path
          className="far"
          d="M0 62 C90 40 150 46 230 56 S390 34 480 46 S640 66 730 44 S900 38 1000 56 V100 H0 Z"
        />
      </svg>
      <Dome />
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none">
        <path className="near" d="M0 82 C120 66 240 88 380 80 S620 62 760 66 S920 84 1000 76 V100 H0 Z" />
      </svg>
    </div>
  )
})

function Dome(): ReactNode {
  return (
    <svg className="dome" viewBox="0 0 120 96">
      <path className="wall" d="M22 60 H98 V96 H22 Z" />
      <path className="shell" d="M16 60 A44 44 0 0 1 104 60 Z" />
      <path className="slit" d="M63 60 A44 44 0 0 1 75 18.6 A44 44 0 0 1 84 22.5 A50 50 0 0 0 76 60 Z" />
      <path className="rim" d="M14 58 H106 V63 H14 Z" />
    </svg>
  )
}
