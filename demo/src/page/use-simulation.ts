import { useSyncExternalStore } from 'react'
import type { Simulation, SimulationState } from '../simulation.ts'

export function useSimulation({ subscribe, state }: Simulation): SimulationState {
  return useSyncExternalStore(subscribe, state)
}
