// React 18 beside the house's own React: the same tests run on both.
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** @import { Plugin } from 'vite' */

const { resolve } = createRequire(join(import.meta.dirname, '../packages/react/package.json'))
const react = /^react(-dom)?(?=\/|$)/

/**
 * Where a module of React lies in React 18; `undefined` for any other module.
 * @param {string} name
 */
export function inReact18(name) {
  return react.test(name) ? resolve(name.replace(react, '$&-18')) : undefined
}

/**
 * Gives React 18 to every module that Vite reads. What Node reads is up to the set-up file `react-18-setup.mjs`.
 * @returns {Plugin}
 */
export function react18() {
  return { name: 'react-18', enforce: 'pre', resolveId: inReact18 }
}
