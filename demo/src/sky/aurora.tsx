import { type CSSProperties, memo, type ReactNode, useEffect, useRef } from 'react'
import { drawCurtain, type Palette } from './curtain.ts'

interface Props {
  /** 0 without a storm. */
  readonly kp: number
  readonly width: number
  readonly height: number
}

const green: Palette = {
  edge: 'rgb(94 255 170 / 0)',
  foot: 'rgb(94 255 170 / 0.85)',
  middle: 'rgb(52 211 172 / 0.4)',
  top: 'rgb(96 92 224 / 0)',
}
const violet: Palette = {
  edge: 'rgb(80 226 200 / 0)',
  foot: 'rgb(80 226 200 / 0.5)',
  middle: 'rgb(140 92 240 / 0.5)',
  top: 'rgb(240 70 130 / 0)',
}

/** Curtains of light over the horizon, the stronger and higher the larger Kp is. Drawn once, then only moved about. */
export const Aurora = memo(function Aurora({ kp, width, height }: Props): ReactNode {
  const style: CSSProperties & Record<'--strength', number> = {
    '--strength': kp === 0 ? 0 : Math.min(1, (kp - 3) / 6),
  }
  return (
    <div className={kp === 0 ? 'aurora' : 'aurora on'} style={style} aria-hidden="true" data-testid="aurora">
      <Curtain seed={11} palette={green} width={width} height={height} />
      <Curtain seed={29} palette={violet} width={width} height={height} />
    </div>
  )
})

interface CurtainProps {
  readonly seed: number
  readonly palette: Palette
  readonly width: number
  readonly height: number
}

const MARGIN = 1.2 // of the sky's width, so that no end is seen when it sways

function Curtain({ seed, palette, width, height }: CurtainProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = { width: Math.ceil(width * MARGIN), height }
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context) drawCurtain(context, { width: Math.ceil(width * MARGIN), height }, seed, palette)
  }, [seed, palette, width, height])
  return <canvas ref={canvas} {...size} />
}
