import type { Bus, Handler, Patterns, Policy } from '@heliobus/core'
import { useEffect, useInsertionEffect, useLayoutEffect, useRef } from 'react'
import { subscribeIfOpen } from './open-subscription.ts'
import { usePatterns } from './patterns.ts'

const noPolicy: Policy = {}

// Before `useEffect`, so that what is published there at mounting is heard. React 18 complains of it on the server.
const useCommitEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

/** `useEvent` on a given bus. */
export function useEventOf(
  bus: Bus,
  pattern: Patterns,
  handler: Handler,
  { name, priority, once, signal, where }: Policy = noPolicy,
): void {
  const patterns = usePatterns(pattern)
  const latest = useRef({ handler, where })
  const stop = useRef<() => void>(undefined)
  const filters = where !== undefined

  useInsertionEffect(() => {
    latest.current = { handler, where }
  })

  // A clean-up would run long before the next subscription is made; this way nothing passes between the two.
  useCommitEffect(() => {
    const before = stop.current
    stop.current = subscribeIfOpen(
      bus,
      patterns,
      (event, context) => latest.current.handler(event, context),
      {
        name: name ?? (latest.current.handler.name || 'useEvent'),
        ...(priority !== undefined && { priority }),
        ...(once !== undefined && { once }),
        ...(signal !== undefined && { signal }),
        ...(filters && { where: (event) => latest.current.where?.(event) ?? true }),
      },
    )
    before?.()
  }, [bus, patterns, name, priority, once, signal, filters])

  useCommitEffect(
    () => () => {
      stop.current?.()
      stop.current = undefined
    },
    [],
  )
}
