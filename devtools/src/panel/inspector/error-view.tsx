import type { ReactNode } from 'react'
import { isObject, kindOfObject, readMember, shortText } from '../../model/members.ts'
import { wholeNumber } from '../look/figures.ts'
import { useCopy } from './copying.tsx'
import { Button } from '../look/button.tsx'
import { jsonText } from './json-text.ts'

const MESSAGE = 2_000
const STACK = 20_000
const CAUSES = 5

/** What a handler threw, its stack folded away, and what caused it. */
export function ErrorView({
  error,
  causes = CAUSES,
}: {
  readonly error: unknown
  readonly causes?: number
}): ReactNode {
  const copy = useCopy()
  const stack = stackOf(error)
  const cause = isObject(error) ? readMember(error, 'cause') : undefined
  return (
    <div className="hb-thrown">
      <div className="hb-thrown-message hb-selectable hb-mono">
        <span>{messageOf(error)}</span>
        <Button
          label="Copy the error"
          icon="copy"
          onClick={() => copy(stack === '' ? messageOf(error) : stack, 'the error')}
        />
      </div>
      {stack !== '' && (
        <details>
          <summary>Stack</summary>
          <pre className="hb-stack hb-selectable hb-mono">{stack.slice(0, STACK)}</pre>
          {stack.length > STACK && (
            <p className="hb-warn">
              The first {wholeNumber(STACK)} of {wholeNumber(stack.length)} characters
            </p>
          )}
        </details>
      )}
      {cause !== undefined && causes > 0 && (
        <>
          <p className="hb-dim">caused by</p>
          <ErrorView error={cause} causes={causes - 1} />
        </>
      )}
    </div>
  )
}

/** An object that is no error was thrown by mistake; what is in it is all there is to go by. */
function messageOf(error: unknown): string {
  if (!isObject(error) || kindOfObject(error) === 'error') return shortText(error, MESSAGE)
  const text = jsonText(error)
  return text.length > MESSAGE ? `${text.slice(0, MESSAGE)}…` : text
}

function stackOf(error: unknown): string {
  const stack = isObject(error) ? readMember(error, 'stack') : undefined
  return typeof stack === 'string' ? stack : ''
}
