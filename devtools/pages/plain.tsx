import { BusDevtools } from '@heliobus/devtools'
import { createRoot } from 'react-dom/client'
import { createTrafficBus } from './traffic.ts'

// An app as it is shipped: it imports the devtools, and its visitors get nothing of them.
const bus = createTrafficBus()

createRoot(document.querySelector('#root')!).render(
  <main>
    <h1>Shop</h1>
    <BusDevtools bus={bus} />
  </main>,
)
