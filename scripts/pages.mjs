// The written pages of the project.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { top } from './command.mjs'

/** Paths from the top folder. */
export function pages() {
  const guides = readdirSync(join(top, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .map((path) => `docs/${path}`)
  return ['README.md', 'CONTRIBUTING.md', ...guides]
}

/**
 * The links of a page to other files of the project that lead nowhere.
 * @param {string} page
 */
export function brokenLinks(page) {
  const prose = readFileSync(join(top, page), 'utf8').replaceAll(/```[\s\S]*?```/g, '')
  return [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target) && !existsSync(join(top, dirname(page), target)))
    .map((target) => `${page}: the link to ${target} leads nowhere`)
}
