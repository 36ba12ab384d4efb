import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { Button } from '../look/button.tsx'
import { keyLabel } from '../look/key-label.ts'
import { copyText } from './copy.ts'

/** Copies a text; `what` names it for the message. A function makes the text when it is wanted. */
type Copy = (text: string | (() => string), what: string) => void

const CopyContext = createContext<Copy>(() => {})

/** Copies to the clipboard and says so, where a `Copying` stands around. */
export function useCopy(): Copy {
  return useContext(CopyContext)
}

interface Told {
  readonly message: string
  /** What could not be copied, to be copied by hand. */
  readonly text: string | undefined
}

const SHOWN = 2_500 // ms

/** Lets everything inside copy, and shows how that went. */
export function Copying({ children }: { readonly children: ReactNode }): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  const [told, tell] = useState<Told>()
  const copy: Copy = (made, what) => {
    const text = typeof made === 'string' ? made : made()
    const from = place.current
    if (from === null) return
    void copyText(text, from).then((done) =>
      tell(done ? { message: `Copied ${what}`, text: undefined } : { message: '', text }),
    )
  }

  useEffect(() => {
    const window = place.current?.ownerDocument.defaultView
    if (told?.text !== undefined || told === undefined) return undefined
    const timer = window?.setTimeout(() => tell(undefined), SHOWN)
    return () => window?.clearTimeout(timer)
  }, [told])

  return (
    <div ref={place} className="hb-inspector">
      <CopyContext.Provider value={copy}>{children}</CopyContext.Provider>
      {told?.text === undefined ? (
        <output className="hb-copied">{told?.message}</output>
      ) : (
        <ByHand key={told.text} text={told.text} onClose={() => tell(undefined)} />
      )}
    </div>
  )
}

function ByHand({ text, onClose }: { readonly text: string; readonly onClose: () => void }): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  return (
    <div className="hb-by-hand">
      <label>
        This page may not copy. The text is selected: press {keyLabel('mod+c')}.
        <textarea ref={field} readOnly rows={4} value={text} className="hb-mono" />
      </label>
      <Button label="Close" icon="close" onClick={onClose} />
    </div>
  )
}
