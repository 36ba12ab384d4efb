import { type Orbiter, ORBITS } from '../astronomy/orbits.ts'

/** The solar system on the page, seen from above at an angle. Lengths in CSS pixels. */
export interface Stage {
  readonly width: number
  readonly height: number
  readonly sun: Point
  /** Of the outermost orbit. */
  readonly rx: number
  readonly ry: number
  /** Of the discs: 1 on a desktop. */
  readonly scale: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

const INNERMOST = 0.25 // of the outermost orbit; the others follow at equal distances, or the inner ones could not be told apart

export function stageFor(width: number, height: number): Stage {
  const isNarrow = width < 600
  const rx = Math.min(width * (isNarrow ? 0.45 : 0.41), height * 1.3)
  const ry = Math.min(height * (isNarrow ? 0.25 : 0.31), rx * 0.72)
  const sun = { x: width / 2, y: height * (isNarrow ? 0.53 : 0.49) }
  return { width, height, sun, rx, ry, scale: Math.min(1.25, Math.max(0.6, rx / 480)) }
}

/** How large an orbit is, 1 for the outermost. */
export function sizeOf(name: Orbiter): number {
  return INNERMOST + ((1 - INNERMOST) * ORBITS.indexOf(name)) / (ORBITS.length - 1)
}

/** Where a longitude (degrees) is on an orbit; counter-clockwise, as seen from the north. */
export function pointOn({ sun, rx, ry }: Stage, size: number, longitude: number): Point {
  const angle = (longitude * Math.PI) / 180
  return { x: sun.x + rx * size * Math.cos(angle), y: sun.y - ry * size * Math.sin(angle) }
}
