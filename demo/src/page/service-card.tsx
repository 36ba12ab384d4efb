import { type ReactNode, useState } from 'react'
import { LETTERS_PATH, type ServiceFacts, type WorkerAct, WORKERS_PATH } from '../station/service-facts.ts'
import type { Uplink } from '../station/uplink.ts'
import { counted, seconds } from './numbers.ts'
import { Ledger, Verdict } from './service-ledger.tsx'
import { WorkerRow } from './worker-row.tsx'

interface Props {
  readonly service: ServiceFacts
  readonly shards: number
  readonly order: Uplink['order']
}

/** A service: its workers, and what became of the events. */
export function ServiceCard({ service, shards, order }: Props): ReactNode {
  const { name, workers, ledger, takeover } = service
  const [refusal, setRefusal] = useState<string>()
  const ask = (path: string, what: object): void => {
    setRefusal(undefined)
    order(path, what).catch((error: unknown) =>
      setRefusal(error instanceof Error ? error.message : String(error)),
    )
  }
  return (
    <article className="card service" aria-label={`${name} service`} data-testid={`service-${name}`}>
      <header>
        <h3>{name}</h3>
        <Verdict service={service} />
      </header>
      <ol className="workers">
        {workers.map((worker, place) => (
          <WorkerRow
            key={place}
            worker={worker}
            shards={shards}
            onAct={(act: WorkerAct) => ask(WORKERS_PATH, { pid: worker.pid, act })}
          />
        ))}
      </ol>
      <p className="takeover" data-testid="takeover">
        {refusal === undefined ? <Takeover takeover={takeover} /> : <span className="error">{refusal}</span>}
      </p>
      <Ledger ledger={ledger} onRedrive={() => ask(LETTERS_PATH, { redrive: name })} />
    </article>
  )
}

function Takeover({ takeover }: Pick<ServiceFacts, 'takeover'>): ReactNode {
  if (takeover === undefined) return 'No takeover so far.'
  const { pid, why, shards, ms } = takeover
  return `${pid} ${why}: ${counted(shards, 'shard')} taken over in ${seconds(ms)}`
}
