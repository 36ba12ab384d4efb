import type { DefinitionOf } from '@heliobus/core'
import { createBusHooks } from '@heliobus/react'
import type { catalog } from '../catalog/catalog.ts'

export const { BusProvider, useBus, useHistory, useLatest, useStats } =
  createBusHooks<DefinitionOf<typeof catalog>>()
