import { brief } from './figures.ts'

/** A bar each, the longest first. */
export interface Plot {
  readonly title: string
  readonly unit: string
  /** The one that is shown in colour. */
  readonly ours: string
  readonly bars: readonly { readonly label: string; readonly value: number }[]
}

const WIDTH = 720
const ROW = 26
const HEAD = 48
const LEFT = 210
const ROOM_FOR_VALUE = 70

const style = `
    text { font: 13px system-ui, sans-serif; fill: #3a3f47 }
    .title { font-weight: 600; font-size: 15px }
    rect { fill: #a9b0ba }
    .ours { fill: #c8801a }
    @media (prefers-color-scheme: dark) {
      text { fill: #d5d9df }
      rect { fill: #626a75 }
      .ours { fill: #e8a33d }
    }`

/** An SVG image with a bar for each value, on a scale from zero, that suits light and dark pages. */
export function svg({ title, unit, ours, bars }: Plot): string {
  const sorted = bars.toSorted((a, b) => b.value - a.value)
  const most = sorted[0]?.value ?? 1
  const rows = sorted.map(({ label, value }, index) => {
    const y = HEAD + index * ROW
    const width = Math.max(1, ((WIDTH - LEFT - ROOM_FOR_VALUE) * value) / most)
    const mark = label === ours ? ' class="ours"' : ''
    return `  <text x="${LEFT - 10}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>
  <rect${mark} x="${LEFT}" y="${y + 2}" width="${width.toFixed(1)}" height="${ROW - 8}" rx="2"/>
  <text x="${(LEFT + width + 8).toFixed(1)}" y="${y + 15}">${brief(value)}</text>`
  })
  const height = HEAD + sorted.length * ROW + 10
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">
  <style>${style}
  </style>
  <text class="title" x="12" y="26">${escaped(`${title} (${unit})`)}</text>
${rows.join('\n')}
</svg>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
