import type { GroupAction, KeyReport, ParkedReport, RemoteAnswer, RemoteGroups } from '@heliobus/core'
import { type ReactNode, useEffect, useState } from 'react'
import type { FarGroup } from '../../remote/far-groups.ts'
import { Button } from '../look/button.tsx'
import { wholeNumber } from '../look/figures.ts'

interface Props {
  readonly group: FarGroup
  /** How many there are: they are asked for anew when that differs. */
  readonly count: number
}

type Act = (action: GroupAction, key: string) => void

const done: Partial<Readonly<Record<GroupAction, string>>> = {
  release: 'is released: its events go on, in order',
  skip: 'is released without the event that failed, which becomes a dead letter',
}

/** The keys that a group keeps back, and what lets them go on. */
export function BlockedKeys({ group, count }: Props): ReactNode {
  const { name, remote, mayAct } = group
  const [answer, setAnswer] = useState<RemoteAnswer<ParkedReport>>()
  const [remark, setRemark] = useState('')
  const act: Act = (action, key) => {
    void remote?.act(action, name, [key]).then((outcome) => {
      const isDone = 'done' in outcome && outcome.done === 1
      const why = 'missing' in outcome ? outcome.missing : outcome.failure || 'it is no longer kept back'
      setRemark(isDone ? `${key} ${done[action]}` : `${key}: ${why}`)
    })
  }
  return (
    <div className="hb-group-keys">
      <h3>Keys that are kept back</h3>
      <Ask key={`${count} ${remark}`} remote={remote} name={name} onAnswer={setAnswer} />
      <output className="hb-group-remark">{remark}</output>
      {answer !== undefined && <Keys answer={answer} act={mayAct ? act : undefined} />}
    </div>
  )
}

interface AskProps {
  readonly remote: RemoteGroups | undefined
  readonly name: string
  readonly onAnswer: (answer: RemoteAnswer<ParkedReport>) => void
}

/** Asks once, when it is put up. */
function Ask({ remote, name, onAnswer }: AskProps): ReactNode {
  useEffect(() => {
    let isWanted = true
    void remote?.parked(name).then((answer) => isWanted && onAnswer(answer))
    return () => {
      isWanted = false
    }
  }, [remote, name, onAnswer])
  return null
}

interface KeysProps {
  readonly answer: RemoteAnswer<ParkedReport>
  /** `undefined` for who may only look. */
  readonly act: Act | undefined
}

function Keys({ answer, act }: KeysProps): ReactNode {
  if ('missing' in answer) return <p>They can't be had: {answer.missing}</p>
  const { keys, leftOut } = answer
  return (
    <>
      <table aria-label="Keys that are kept back">
        <thead>
          <tr>
            <th>Key</th>
            <th className="hb-number">Events</th>
            <th>What failed</th>
            {act !== undefined && (
              <th className="hb-group-deeds">
                <span className="hb-unseen">What can be done</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyLine key={key.key} line={key} act={act} />
          ))}
        </tbody>
      </table>
      {leftOut > 0 && <p>{wholeNumber(leftOut)} others are not shown.</p>}
    </>
  )
}

interface LineProps {
  readonly line: KeyReport
  readonly act: Act | undefined
}

function KeyLine({ line, act }: LineProps): ReactNode {
  const { key, events, reason } = line
  const isBlocked = reason !== ''
  return (
    <tr>
      <td className="hb-mono hb-selectable">{key}</td>
      <td className="hb-number hb-mono">{wholeNumber(events)}</td>
      <td className={isBlocked ? 'hb-selectable' : 'hb-dim'}>{isBlocked ? reason : 'it goes on'}</td>
      {act !== undefined && (
        <td>
          <KeyActions name={key} isBlocked={isBlocked} act={act} />
        </td>
      )}
    </tr>
  )
}

interface ActionsProps {
  readonly name: string
  readonly isBlocked: boolean
  readonly act: Act
}

function KeyActions({ name, isBlocked, act }: ActionsProps): ReactNode {
  return (
    <div className="hb-group-deeds">
      <Button
        label={`Try the events of ${name} again, in order`}
        outlined
        disabled={!isBlocked}
        onClick={() => act('release', name)}
      >
        Release
      </Button>
      <Button
        label={`Go on without the event of ${name} that failed: it becomes a dead letter`}
        outlined
        disabled={!isBlocked}
        onClick={() => act('skip', name)}
      >
        Skip the first
      </Button>
    </div>
  )
}
