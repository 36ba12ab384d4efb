import type { ReactNode } from 'react'
import { kpText, wordFor } from '../astronomy/space-weather.ts'
import type { ObservatoryEvent } from '../catalog/catalog.ts'

interface Props {
  /** Epoch ms. */
  readonly date: number
  readonly storm: ObservatoryEvent<'cosmic.solar_storm.detected'> | undefined
  readonly transit: ObservatoryEvent<'cosmic.transit.exact'> | undefined
  readonly fullMoon: ObservatoryEvent<'cosmic.full_moon'> | undefined
}

const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})
const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })

/** The date, and in a line each what is going on. */
export function Report({ date, storm, transit, fullMoon }: Props): ReactNode {
  return (
    <div className="report">
      <p className="date">
        <b data-testid="date">{day.format(date)}</b>
        <span>{minute.format(date)} UTC</span>
      </p>
      <div className="news">
        <output className={storm ? 'weather stormy' : 'weather'} data-testid="weather">
          <KpBars kp={storm?.data.kp_index ?? 0} />
          {storm
            ? `Kp ${kpText(storm.data.kp_index)} · ${storm.data.severity}, ${wordFor(storm.data.severity)} storm`
            : 'Quiet sun'}
        </output>
        {transit && (
          <p key={transit.id} className="item">
            {transit.data.planet} {transit.data.aspect} {transit.data.other}, {stamp(transit.data.at)}
          </p>
        )}
        {fullMoon && (
          <p key={fullMoon.id} className="item">
            Full moon at {fullMoon.data.degree.toFixed(0)}° {fullMoon.data.sign}, {stamp(fullMoon.data.at)}
          </p>
        )}
      </div>
    </div>
  )
}

const short = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
})

function stamp(at: string): string {
  return short.format(Date.parse(at))
}

/** As on NOAA's page: one bar for each step of Kp, from 1 to 9. */
function KpBars({ kp }: { readonly kp: number }): ReactNode {
  return (
    <span className="kp" aria-hidden="true">
      {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((step) => (
        <i key={step} className={Math.round(kp) >= step ? `on k${step}` : ''} style={{ height: 3 + step }} />
      ))}
    </span>
  )
}
