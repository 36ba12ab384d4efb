import { createRandom } from '../random.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** The colours of oxygen and nitrogen: from the foot of a curtain to its top. */
export interface Palette {
  readonly edge: string
  readonly foot: string
  readonly middle: string
  readonly top: string
}

const STEP = 2 // pixels from ray to ray

/** Draws a curtain of aurora: rays side by side along a winding foot, brighter where the curtain folds. */
export function drawCurtain(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  seed: number,
  { edge, foot, middle, top }: Palette,
): void {
  const random = createRandom(seed)
  const phase = (): number => random.next() * Math.PI * 2
  const [wide, narrow, slow, quick] = [phase(), phase(), phase(), phase()]
  context.clearRect(0, 0, width, height)
  for (let x = 0; x < width; x += STEP) {
    const u = (x / Math.max(width, 700)) * Math.PI * 2
    const y = height * (0.8 + 0.07 * Math.sin(u * 1.3 + wide) + 0.03 * Math.sin(u * 3.1 + narrow))
    const fold = 0.5 + 0.5 * Math.sin(u * 2.3 + slow) * Math.sin(u * 5.7 + quick)
    const length = height * (0.3 + 0.36 * fold + 0.05 * random.next())
    const ray = context.createLinearGradient(0, y, 0, y - length)
    ray.addColorStop(0, edge)
    ray.addColorStop(0.1, foot)
    ray.addColorStop(0.42, middle)
    ray.addColorStop(1, top)
    context.globalAlpha = (0.12 + 0.88 * fold ** 1.5) * (0.72 + 0.28 * random.next())
    context.fillStyle = ray
    context.fillRect(x, y - length, STEP, length)
  }
}
