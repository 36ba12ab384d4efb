import { BusDevtools } from '@heliobus/devtools/production'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { openObservatory } from './observatory.ts'
import { BusProvider } from './page/bus-hooks.ts'
import { Page } from './page/page.tsx'
import { readSettings } from './settings.ts'
import { askStation } from './station/news.ts'
import { tabName } from './tab-name.ts'
import './tokens.css'
import './page.css'
import './panels.css'
import './wings.css'
import './services.css'
import './sky/sky.css'

const WIDE = 1_000 // px: below, the devtools would cover what they show

const settings = readSettings(location.search)
const station = await askStation().catch(() => null)
const observatory = await openObservatory(tabName(), settings, station)
// To play with in the console: `observatory.bus.history()`.
Object.assign(globalThis, { observatory })
document.title = `${observatory.bus.source} · Heliobus Observatory`

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <BusProvider bus={observatory.bus}>
      <Page {...observatory} />
      {/* Open to look into, for this page's own tests; in an app leave it closed. */}
      <BusDevtools
        bus={observatory.bus}
        remotes={observatory.remotes}
        initialOpen={settings.devtools ?? innerWidth >= WIDE}
        shadowMode="open"
      />
    </BusProvider>
  </StrictMode>,
)
