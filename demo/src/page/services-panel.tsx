import { memo, type ReactNode } from 'react'
import type { Uplink } from '../station/uplink.ts'
import { counted, seconds } from './numbers.ts'
import { ServiceCard } from './service-card.tsx'
import { useEvery } from './use-every.ts'

const INTERVAL = 250 // ms

/** The services that run as processes of their own, over Redis; nothing where there are none. */
export const ServicesPanel = memo(function ServicesPanel(props: { readonly uplink: Uplink | undefined }) {
  const { uplink } = props
  return uplink?.facts().services === undefined ? null : <Services uplink={uplink} />
})

function Services({ uplink }: { readonly uplink: Uplink }): ReactNode {
  useEvery(INTERVAL)
  const facts = uplink.facts().services
  if (facts === undefined) return null // the station was started anew, without Redis
  const { services, shards, lease, dropped } = facts
  return (
    <section className="panel services" aria-labelledby="services">
      <h2 id="services">
        Services <span>two processes each, over Redis Streams with a lease of {seconds(lease)}</span>
      </h2>
      {dropped > 0 && <p className="error">{counted(dropped, 'event')} did not get into Redis</p>}
      <div className="cards">
        {services.map((service) => (
          <ServiceCard key={service.name} service={service} shards={shards} order={uplink.order} />
        ))}
      </div>
    </section>
  )
}
