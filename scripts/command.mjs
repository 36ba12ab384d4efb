// Running other programs.
import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The top folder of the project. */
export const top = fileURLToPath(new URL('..', import.meta.url))

const PATH = [join(top, 'node_modules/.bin'), process.env.PATH].join(delimiter)

/**
 * @typedef {object} Options
 * @property {string} [cwd] the top folder unless given
 * @property {Record<string, string>} [env] added to the environment
 * @property {boolean} [quiet] keep the output back, and show it only if the program fails
 */

/**
 * Runs a program to its end, with the project's own tools first on the PATH.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Options} [options]
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function run(command, args, options = {}) {
  const { code, output } = await capture(command, args, { ...options, show: !options.quiet })
  if (code !== 0 && options.quiet) process.stdout.write(output)
  return code === 0
}

/**
 * Runs a program and keeps what it prints, both streams in one.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Options & { show?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(command, args, { cwd = top, env = {}, show = false } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, PATH, ...env },
    stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, output: `${command}: ${error.message}\n` }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
