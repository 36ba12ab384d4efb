import { useState } from 'react'

/** Gives each object a number of its own, for React: a line keeps its element, and the focus in it, wherever it goes. */
export function useKeys(): (item: object) => number {
  const [keyOf] = useState(createKeys)
  return keyOf
}

function createKeys(): (item: object) => number {
  const keys = new WeakMap<object, number>()
  let next = 0
  return (item) => {
    const key = keys.get(item) ?? next++
    keys.set(item, key)
    return key
  }
}
