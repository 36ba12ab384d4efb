import { printClause } from '../../model/filter-printer.ts'
import { commandsOf } from '../state/commands.ts'
import type { Panel } from '../state/panel.ts'
import { type Match, matchText } from './match.ts'

/** Something that the palette offers. */
export interface Choice {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly key?: string | undefined
  readonly isOn?: boolean | undefined
  readonly run: () => void
}

/** A choice that answers the query, with the letters to mark. */
export interface Found extends Choice {
  readonly marks: readonly number[]
}

/** What fits, best group first; `left` is how many more there would be. */
export interface Answer {
  readonly found: readonly Found[]
  readonly left: number
}

const SHOWN = 100

/** All that can be done now. Topics come in when something is asked for: there may be thousands. */
export function choicesOf(panel: Panel, query: string): readonly Choice[] {
  const commands = commandsOf(panel).filter(({ id }) => id !== 'palette')
  return [...commands, ...sessionsOf(panel), ...(query.trim() === '' ? [] : topicsOf(panel))]
}

/** The choices that fit a query. Groups stay together; the one with the best answer leads. */
export function answer(choices: readonly Choice[], query: string): Answer {
  const fitting = choices.flatMap((choice) => {
    const match = matchText(query, choice.title)
    return match === undefined ? [] : [{ choice, match }]
  })
  const found = query.trim() === '' ? fitting : ranked(fitting)
  return {
    found: found.slice(0, SHOWN).map(({ choice, match }) => ({ ...choice, marks: match.marks })),
    left: Math.max(0, found.length - SHOWN),
  }
}

interface Fitting {
  readonly choice: Choice
  readonly match: Match
}

function ranked(fitting: readonly Fitting[]): readonly Fitting[] {
  const best = new Map<string, number>()
  for (const { choice, match } of fitting)
    best.set(choice.group, Math.max(match.score, best.get(choice.group) ?? Number.NEGATIVE_INFINITY))
  const byGroup = (a: Fitting, b: Fitting): number =>
    best.get(b.choice.group)! - best.get(a.choice.group)! || a.choice.group.localeCompare(b.choice.group)
  return fitting.toSorted((a, b) =>
    a.choice.group === b.choice.group ? b.match.score - a.match.score : byGroup(a, b),
  )
}

function sessionsOf(panel: Panel): readonly Choice[] {
  return panel.sessions
    .map((session, index) => ({
      id: `session-${index}`,
      group: 'Buses and recordings',
      title: `Look at ${session.name}`,
      isOn: session === panel.session,
      run: () => panel.look(session),
    }))
    .filter(({ isOn }) => !isOn)
}

function topicsOf({ session }: Panel): readonly Choice[] {
  return session.recorder.statistics.met.map(({ type }) => ({
    id: `topic-${type}`,
    group: 'Topics',
    title: `Filter to ${type}`,
    run: () => session.view.setFilter(printClause({ kind: 'topic', pattern: type })),
  }))
}
