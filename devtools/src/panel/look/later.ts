import { type ComponentType, lazy, type LazyExoticComponent } from 'react'

/** A component that is loaded when it is drawn first: the one that a module has under this name. */
export function later<Name extends string, Props>(
  load: () => Promise<Readonly<Record<Name, ComponentType<Props>>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: (await load())[name] }))
}
