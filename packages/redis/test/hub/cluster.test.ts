import { until } from '@heliobus/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { clusterClients, startCluster } from '../world.ts'
import { draft, Histories, range } from './histories.ts'

vi.setConfig({ testTimeout: 30_000 })

const cluster = await startCluster()
const histories: Histories[] = []

afterEach(async () => {
  await Promise.all(histories.splice(0).map((one) => one.close()))
})

test.each(clusterClients)(
  'a history is on one node of a cluster, and the same for all (%s)',
  async (_, clientOf) => {
    const shared = new Histories()
    histories.push(shared)
    const open = () => shared.open('', { client: clientOf(cluster.urls) })
    const [one, other] = [await open(), await open()]
    await one.append([draft(1), draft(2)])
    await other.append([draft(2), draft(3)])
    expect(await one.catchUp('someone')).toBe(3)
    await until(() => other.last === 3, 'both have read it')
    expect(range(1, 3).map((position) => other.at(position)?.sequence)).toEqual([1, 2, 3])
    expect(other.at(3)).toEqual(one.at(3))
  },
)

test('when the node of a history dies, a replica takes over, and everybody goes on', async () => {
  const shared = new Histories()
  histories.push(shared)
  const [, [, clientOf]] = clusterClients as [unknown, (typeof clusterClients)[number]]
  const open = () =>
    shared.open('', { client: clientOf(cluster.urls), limits: { appendWithin: 25_000, answerWithin: 1_000 } })
  const [one, other] = [await open(), await open()]
  await one.append([draft(1)])
  await until(() => other.last === 1, 'it is read')
  await cluster.whenWhole() // the replica has it, too
  const master = await cluster.masterOf(`${shared.namespace}:{hub}:log`)
  await master.kill()
  try {
    await one.append([draft(1), draft(2)])
    await until(() => other.last === 2, 'the next is read', 20_000)
    expect(other.at(2)?.sequence).toBe(2)
  } finally {
    await master.start()
    await cluster.whenWhole()
  }
}, 60_000)
