'use client'

import type {
  AnyDefinition,
  Bus,
  BusStats,
  Checked,
  Clock,
  EventFor,
  Handler,
  PatternLike,
  Policy,
} from '@heliobus/core'
import { systemClock } from '@heliobus/core'
import { createContext, type ReactElement, type ReactNode, useCallback, useContext, useMemo } from 'react'
import type { HistoryOptions, RenderOptions } from './recent-events.ts'
import type { StatsOptions } from './stats-sampler.ts'
import { useEventOf } from './use-event.ts'
import { useHistoryOf, useLatestOf } from './use-recent.ts'
import { useStatsOf } from './use-stats.ts'

export interface BusProviderProps<D extends AnyDefinition = AnyDefinition> {
  /** The bus, or a scope of it. It stays the caller's: the provider doesn't close it. */
  readonly bus: Bus<D>
  /** Times what is rendered every so often. Default: the platform's time. */
  readonly clock?: Clock
  readonly children?: ReactNode
}

/** Hooks for the bus of the nearest `BusProvider`, each throwing an `Error` where there is none. Safe to destructure. */
export interface BusHooks<D extends AnyDefinition = AnyDefinition> {
  /** Gives a bus to the components below. With another bus, all of them go over to it. */
  readonly BusProvider: (props: BusProviderProps<D>) => ReactElement

  readonly useBus: () => Bus<D>

  /**
   * Calls `handler` with every event from the commit that mounts the component until it is unmounted: also those that
   * components of the same commit publish in `useEffect`. The newest handler and `where` are called, without
   * subscribing anew; patterns are compared by their texts, the rest of the policy member by member. A change of these
   * moves the subscription without a gap. What the handler throws reaches the bus's logger, no error boundary. Throws
   * `pattern-invalid` and `option-invalid` to the error boundary. On a closed bus it waits in vain.
   */
  readonly useEvent: <const P extends PatternLike>(
    pattern: Checked<D, P, P | readonly P[]>,
    handler: Handler<EventFor<D, P>>,
    policy?: Policy<EventFor<D, P>>,
  ) => void

  /**
   * The newest event: of the bus's history at first, then as events come. `undefined` before the first, on the server
   * and while hydrating. Throws `pattern-invalid`, `option-invalid`. Mounting looks through the bus's history.
   */
  readonly useLatest: <const P extends PatternLike>(
    pattern: Checked<D, P, P | readonly P[]>,
    options?: RenderOptions,
  ) => EventFor<D, P> | undefined

  /**
   * The newest events, newest first: those of the bus's history at first, then as events come, also beyond what that
   * history holds, and through a change of the options. The same array until another event comes. Empty on the server
   * and while hydrating. Throws `pattern-invalid`, `option-invalid`. Mounting looks through the bus's history; a render
   * that shows another event copies `limit` events.
   */
  readonly useHistory: <const P extends PatternLike>(
    pattern: Checked<D, P, P | readonly P[]>,
    options?: HistoryOptions,
  ) => readonly EventFor<D, P>[]

  /** The bus's `publish`: the same function in every render, until the provider gets another bus. Not for rendering. */
  readonly usePublish: () => Bus<D>['publish']

  /** The bus's statistics, looked at every so often. All zero on the server and while hydrating. */
  readonly useStats: (options?: StatsOptions) => BusStats
}

/** What a provider provides. */
interface Surroundings {
  readonly bus: Bus
  readonly clock: Clock
}

/**
 * Hooks typed by the definitions of a catalog; without a type argument, for a bus without one. Call it once, in a module
 * of its own: each call makes another context, which its own provider alone fills.
 *
 * @example
 * export const { BusProvider, useEvent, useLatest } = createBusHooks<DefinitionOf<typeof catalog>>()
 */
export function createBusHooks<D extends AnyDefinition = AnyDefinition>(): BusHooks<D> {
  const context = createContext<Surroundings | undefined>(undefined)

  function useSurroundings(): Surroundings {
    const found = useContext(context)
    if (found !== undefined) return found
    throw new Error(
      'there is no bus here: render the component inside the <BusProvider bus={…}> that came with this hook from createBusHooks()',
    )
  }

  function BusProvider({ bus, clock = systemClock, children }: BusProviderProps): ReactElement {
    const value = useMemo(() => ({ bus, clock }), [bus, clock])
    return <context.Provider value={value}>{children}</context.Provider>
  }

  const hooks: BusHooks = {
    BusProvider,
    useBus: () => useSurroundings().bus,
    useEvent: (pattern, handler, policy) => useEventOf(useSurroundings().bus, pattern, handler, policy),
    useLatest: (pattern, options) => useLatestOf(useSurroundings(), pattern, options),
    useHistory: (pattern, options) => useHistoryOf(useSurroundings(), pattern, options),
    usePublish: () => usePublishOf(useSurroundings().bus),
    useStats: (options) => useStatsOf(useSurroundings(), options),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one cast: untyped inside, typed at the door
  return hooks as unknown as BusHooks<D>
}

function usePublishOf(bus: Bus): Bus['publish'] {
  return useCallback((...parts: Parameters<Bus['publish']>) => bus.publish(...parts), [bus])
}
