/** How far it is from one direction to another, in degrees: above -180, up to 180. */
export function between(from: number, to: number): number {
  const turn = (((to - from) % 360) + 360) % 360
  return turn > 180 ? turn - 360 : turn
}
