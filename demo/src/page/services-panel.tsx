import { memo, type ReactNode } from 'react'
import type { Uplink } from '../station/uplink.ts'
import { counted, seconds } from './numbers.ts'
import { ServiceCard } from './service-card.tsx'
import { useEvery } from './use-every.ts'

const INTERVAL = 250 // ms

interface Props {
  readonly uplink: Uplink | undefined
}

/** The services that run as processes of their own, over Redis; nothing where there are none. */
export const ServicesPanel = memo(function ServicesPanel({ uplink }: Props): ReactNode {
  useEvery(INTERVAL)
  const facts = uplink?.facts().services
  if (uplink === undefined || facts === undefined) return null
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
})
