// A Redis Cluster that is thrown away: three masters, each with a replica that takes its place, on the loopback address.
import { setTimeout } from 'node:timers/promises'
import { freePort } from './port.mjs'
import { ask, RedisServer } from './redis-server.mjs'

/** @import { Settings } from './redis-server.mjs' */

const DEADLINE = 30_000
const MASTERS = 3
const SLOTS = 16_384

/**
 * One node as another one knows it.
 * @typedef {object} Known
 * @property {string} id
 * @property {number} port
 * @property {string} flags
 * @property {readonly (readonly [from: number, to: number])[]} slots
 */

/** @param {string} line of CLUSTER NODES */
function knownOf(line) {
  const [id = '', address = '', flags = '', , , , , , ...ranges] = line.split(' ')
  const slots = ranges
    .filter((range) => !range.startsWith('['))
    .map((range) => {
      const [from = 0, to = from] = range.split('-').map(Number)
      return /** @type {const} */ ([from, to])
    })
  return { id, port: Number(/:(\d+)@/.exec(address)?.[1]), flags, slots }
}

/**
 * @param {number} port
 * @returns {Promise<readonly Known[]>}
 */
async function nodesKnownTo(port) {
  const reply = await ask(port, 'CLUSTER NODES')
  return reply.split(/\r?\n/).slice(1).filter(Boolean).map(knownOf)
}

/**
 * @param {string} what
 * @param {() => Promise<boolean>} holds
 */
async function until(what, holds) {
  const end = performance.now() + DEADLINE
  while (!(await holds().catch(() => false))) {
    if (performance.now() > end) throw new Error(`The Redis Cluster is not ready: ${what}`)
    await setTimeout(20)
  }
}

/** Six servers that are one. */
export class RedisCluster {
  /** @type {readonly RedisServer[]} the first three began as masters */
  nodes

  /** @param {readonly RedisServer[]} nodes */
  constructor(nodes) {
    this.nodes = nodes
  }

  /**
   * Makes one, and waits until it has a master for every slot and a replica for every master: three seconds or so. A master
   * that is gone is noticed after a second.
   * @param {Settings} [settings] of each node
   */
  static async create(settings = {}) {
    const cluster = new RedisCluster(
      await Promise.all(Array.from({ length: 2 * MASTERS }, () => startNode(settings))),
    )
    try {
      await cluster.#join()
      return cluster
    } catch (error) {
      await cluster.remove()
      throw error
    }
  }

  /** The addresses to begin with: any that answers will do. */
  get urls() {
    return this.nodes.map(({ url }) => url)
  }

  /**
   * The server that has this key or sharded channel at the moment.
   * @param {string} key without spaces
   */
  async masterOf(key) {
    const { port } = this.#alive
    const slot = Number((await ask(port, `CLUSTER KEYSLOT ${key}`)).slice(1))
    const known = await nodesKnownTo(port)
    const owner = known.find(({ slots }) => slots.some(([from, to]) => from <= slot && slot <= to))
    const node = this.nodes.find((each) => each.port === owner?.port)
    if (node === undefined) throw new Error(`Nobody has slot ${slot}`)
    return node
  }

  /** Resolves when every slot has a master again, and every master a replica that follows it: all nodes must be running. */
  async whenWhole() {
    const ports = this.nodes.map(({ port }) => port)
    await until('every replica follows its master', async () => {
      const states = await Promise.all(ports.map((port) => ask(port, 'INFO replication')))
      return (
        states.filter((state) => state.includes('master_link_status:up')).length === ports.length - MASTERS
      )
    })
    await until('all agree on the slots', async () => {
      const states = await Promise.all(ports.map((port) => ask(port, 'CLUSTER INFO')))
      return states.every((state) => state.includes('cluster_state:ok'))
    })
  }

  async remove() {
    await Promise.all(this.nodes.map((node) => node.remove()))
  }

  get #alive() {
    const node = this.nodes.find(({ isRunning }) => isRunning)
    if (node === undefined) throw new Error('No node of the cluster is running')
    return node
  }

  async #join() {
    const ports = this.nodes.map(({ port }) => port)
    const [first = 0] = ports
    for (const [index, port] of ports.entries()) {
      await ask(port, `CLUSTER SET-CONFIG-EPOCH ${index + 1}`)
      if (index < MASTERS) await ask(port, `CLUSTER ADDSLOTSRANGE ${slotsOf(index)}`)
    }
    const buses = await Promise.all(ports.map(busOf))
    for (const [index, port] of ports.entries())
      if (index > 0) await ask(first, `CLUSTER MEET 127.0.0.1 ${port} ${buses[index]}`)
    await until('all know each other', async () => {
      const views = await Promise.all(ports.map(nodesKnownTo))
      return views.every(
        (view) => view.filter(({ flags }) => !flags.includes('handshake')).length === ports.length,
      )
    })
    const known = await nodesKnownTo(first)
    for (const [index, port] of ports.slice(MASTERS).entries()) {
      const master = known.find((each) => each.port === ports[index])
      await ask(port, `CLUSTER REPLICATE ${master?.id}`)
    }
    await this.whenWhole()
  }
}

/** @param {Settings} settings */
async function startNode(settings) {
  return RedisServer.create({
    'cluster-enabled': 'yes',
    'cluster-port': String(await freePort()),
    'cluster-node-timeout': '1000',
    'cluster-replica-validity-factor': '0',
    'repl-diskless-sync-delay': '0',
    ...settings,
  })
}

/** @param {number} index of a master */
function slotsOf(index) {
  const [from, next] = [index, index + 1].map((at) => Math.floor((at * SLOTS) / MASTERS))
  return `${from} ${Number(next) - 1}`
}

/** @param {number} port */
async function busOf(port) {
  const reply = await ask(port, 'CONFIG GET cluster-port')
  return reply.trim().split(/\r?\n/).at(-1)
}
