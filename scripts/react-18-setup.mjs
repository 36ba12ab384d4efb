// React's own packages require each other past Vite, and react-dom 18 lies beside a newer React: Node is told as well.
import Module from 'node:module'
import { inReact18 } from './react-18.mjs'

/* oxlint-disable no-underscore-dangle -- the name is Node's; a documented way there is from version 22 on */
/** @type {any} */
const loader = Module
const resolve = loader._resolveFilename

/**
 * @param {string} name
 * @param {readonly unknown[]} rest
 */
loader._resolveFilename = (name, ...rest) => inReact18(name) ?? resolve.call(Module, name, ...rest)

// What a component throws, React 18 hears from the window, where vitest would rather have it thrown on.
const page = Reflect.get(globalThis, 'happyDOM')
if (page) page.settings.disableErrorCapturing = false
