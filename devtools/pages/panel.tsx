import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { PanelView } from '../src/panel/panel-view.tsx'
import { Panel } from '../src/panel/state/panel.ts'
import { Session } from '../src/panel/state/session.ts'
import { pageStorage, SettingsStore } from '../src/panel/state/settings.ts'
import { panelCss } from '../src/panel/styles.ts'
import { addFlows, mail, orderBasket } from './flows.ts'
import { createTrafficBus, flow, publishOne } from './traffic.ts'

// `?events=500` publishes so many at once, `?rate=20` goes on at so many a second, `?flows=9` begins so many flows.
const query = new URLSearchParams(location.search)
const now = (): number => Date.now()
const [shop, stock] = [createTrafficBus('shop'), createTrafficBus('stock')]
const panel = new Panel({
  sessions: [shop, stock].map((bus) => Session.ofBus(bus, now)),
  settings: new SettingsStore(pageStorage()),
  frames: window,
  elapsed: () => performance.now(),
  commit: flushSync,
})

const sheet = new CSSStyleSheet()
sheet.replaceSync(panelCss)
document.adoptedStyleSheets.push(sheet)

for (let n = 0; n < Number(query.get('events') ?? 0); n++) publishOne(shop, n)
const flows = Number(query.get('flows') ?? 0)
if (flows > 0) addFlows(shop)
for (let n = 0; n < flows; n++) orderBasket(shop, n)
const rate = Number(query.get('rate') ?? 0)
if (rate > 0) flow(shop, rate)

createRoot(document.querySelector('#root')!).render(<PanelView panel={panel} />)
panel.pulse.start()

Object.assign(window, { panel, bus: shop, publishOne, orderBasket, mail })
