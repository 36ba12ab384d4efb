import type { GroupAction, GroupOutcome, GroupsReport, LettersPage, ParkedReport } from '@heliobus/core'
import type { TapAnswer } from './answer.ts'

/** Letters, or keys, of one `act` at most. */
export const MOST_ACTED = 100

interface Question {
  /** Chosen by the viewer; the answer has the same. */
  readonly request: number
}

interface GroupQuestionOf extends Question {
  readonly group: string
}

/** Asks how far the groups are. */
interface AskGroups extends Question {
  readonly type: 'groups'
}

/** Asks for dead letters. */
interface AskLetters extends GroupQuestionOf {
  readonly type: 'letters'
  readonly after?: string
}

/** Asks for the data of a letter's event. */
interface PullLetter extends GroupQuestionOf {
  readonly type: 'pull-letter'
  readonly letter: string
}

/** Asks for the keys that are kept back. */
interface AskParked extends GroupQuestionOf {
  readonly type: 'parked'
}

export interface Act extends GroupQuestionOf {
  readonly type: 'act'
  readonly action: GroupAction
  readonly which: readonly string[]
}

export type GroupQuestion = AskGroups | AskLetters | PullLetter | AskParked | Act

export type GroupAnswer =
  | TapAnswer<'groups', GroupsReport>
  | TapAnswer<'letters', LettersPage>
  | TapAnswer<'parked', ParkedReport>
  | TapAnswer<'acted', GroupOutcome>
