import { BusDevtools } from '@heliobus/devtools/production'
import { type KeyboardEvent, type ReactNode, StrictMode, useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { addFlows, mail, orderBasket } from './flows.ts'
import { createTrafficBus, publishOne } from './traffic.ts'

// A page with a strict policy, a header above everything, modal dialogs, shortcuts on every key and large letters. In the
// address: `?events=500` publishes so many at once, `&flows=9` begins so many flows, `&shadow=closed` and `&open` are options of the devtools.
const query = new URLSearchParams(location.search)
const bus = createTrafficBus('shop')
const flows = Number(query.get('flows') ?? 0)
if (flows > 0) addFlows(bus)
let published = 0

function publish(count: number): void {
  for (let n = 0; n < count; n++) publishOne(bus, published++)
}

/** Once the app is there, and the devtools have met its bus. */
function publishFirst(): () => void {
  const timer = setTimeout(() => {
    publish(Number(query.get('events') ?? 0))
    for (let n = 0; n < flows; n++) orderBasket(bus, n)
  })
  return () => clearTimeout(timer)
}

function App(): ReactNode {
  const [isMounted, mount] = useState(true)
  const [keys, setKeys] = useState(0)
  const [clicks, setClicks] = useState(0)
  useEffect(publishFirst, [])
  const dialog = useRef<HTMLDialogElement>(null)
  const press = (event: KeyboardEvent): void => {
    if (event.key.length === 1) setKeys((count) => count + 1)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a page that takes what it can get
    <main onKeyDown={press}>
      <h1>Shop</h1>
      <button type="button" onClick={() => publish(10)}>
        Publish ten
      </button>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        Open the dialog
      </button>
      <button type="button" onClick={() => mount(!isMounted)}>
        {isMounted ? 'Take the devtools away' : 'Bring the devtools back'}
      </button>
      <button type="button" onClick={() => (mail.works = true)}>
        Mend the mail
      </button>
      <output aria-label="Taken by the page">
        {keys} keys, {clicks} clicks
      </output>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- the same */}
      <dialog ref={dialog} aria-label="Question" onClick={() => setClicks((count) => count + 1)}>
        <p>Are you sure?</p>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close the dialog
        </button>
      </dialog>
      <header>Above everything</header>
      {isMounted && (
        <BusDevtools
          bus={bus}
          initialOpen={query.has('open')}
          shadowMode={query.get('shadow') === 'closed' ? 'closed' : 'open'}
        />
      )}
    </main>
  )
}

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
