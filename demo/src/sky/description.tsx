import { memo, type ReactNode } from 'react'
import { longitudeOf } from '../astronomy/aspects.ts'
import { zodiacPlace } from '../astronomy/zodiac.ts'
import { moonAt } from '../astronomy/moon.ts'
import { PLANETS } from '../catalog/cosmic.ts'

/** The picture in words, for whoever doesn't see it. `hour` in epoch ms. */
export const Description = memo(function Description({ hour }: { readonly hour: number }): ReactNode {
  const moon = moonAt(hour)
  const places = [
    ...PLANETS.map((name) => ({ name, longitude: longitudeOf(name, hour) })),
    { name: 'Moon', longitude: moon.longitude },
  ]
  return (
    <ul
      className="sr"
      aria-label="Where sun, moon and planets stand, as seen from Earth"
      data-testid="places"
    >
      {places.map(({ name, longitude }) => (
        <li key={name}>
          {name}: {placeText(longitude)}
          {name === 'Moon' && `, ${moon.name.toLowerCase()}`}
        </li>
      ))}
    </ul>
  )
})

function placeText(longitude: number): string {
  const { sign, degree } = zodiacPlace(longitude)
  return `${Math.floor(degree)}° ${sign}`
}
