import type { Signal } from '@heliobus/core'

/** The same signal with the name of its process on what is known by name alone: its links, logs and handlers are not ours. */
export function named(signal: Signal, process: string): Signal {
  if (signal.type === 'link' || signal.type === 'gap')
    return { ...signal, link: `${process} › ${signal.link}` }
  if (signal.type === 'refused')
    return { ...signal, link: signal.link === undefined ? process : `${process} › ${signal.link}` }
  if (signal.type === 'log') return { ...signal, log: `${process} › ${signal.log}` }
  if (signal.type === 'warning') return { ...signal, topic: `${process} › ${signal.topic}` }
  if (signal.type === 'slow') {
    const { subscription } = signal
    return { ...signal, subscription: { ...subscription, name: `${process} › ${subscription.name}` } }
  }
  if (signal.type === 'closed')
    return { type: 'link', link: `bus of ${process}`, status: 'closed', at: signal.at }
  return signal
}
