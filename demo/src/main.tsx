import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { openObservatory } from './observatory.ts'
import { Page } from './page/page.tsx'
import { createStore } from './page/store.ts'
import { createSampler } from './page/view.ts'
import { readSettings } from './settings.ts'
import { tabName } from './tab-name.ts'
import './tokens.css'
import './page.css'
import './panels.css'

const observatory = await openObservatory(tabName(), readSettings(location.search))
const store = createStore(createSampler(observatory))
document.title = `${observatory.bus.source} · Heliobus Observatory`

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Page observatory={observatory} store={store} />
  </StrictMode>,
)
