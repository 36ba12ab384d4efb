const stars = [
  'Altair',
  'Antares',
  'Capella',
  'Deneb',
  'Mira',
  'Polaris',
  'Rigel',
  'Sirius',
  'Spica',
  'Vega',
] as const

/** A star and a number: tabs of one browser hardly ever share it. */
export function tabName(): string {
  const star = stars[Math.floor(Math.random() * stars.length)] ?? stars[0]
  return `${star}-${Math.floor(Math.random() * 900) + 100}`
}
