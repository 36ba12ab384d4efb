import { type ReactNode, useRef, useState } from 'react'
import { copyText } from '../panel/inspector/copy.ts'
import { Button } from '../panel/look/button.tsx'
import { useTheme } from '../panel/look/use-theme.ts'

interface Props {
  readonly report: string
  readonly restart: () => void
}

/** What stands in the panel's place when it has failed. */
export function Failed({ report, restart }: Props): ReactNode {
  return (
    <section className="hb-panel" data-theme={useTheme()} aria-label="Heliobus devtools">
      <div className="hb-note" role="alert">
        <strong>The panel has failed</strong>
        <span>Your app is untouched, and recording goes on.</span>
        <pre className="hb-mono hb-report">{report}</pre>
        <div className="hb-row-of-buttons">
          <Button label="Restart the panel" outlined onClick={restart}>
            Restart the panel
          </Button>
          <CopyReport report={report} />
        </div>
      </div>
    </section>
  )
}

function CopyReport({ report }: { readonly report: string }): ReactNode {
  const button = useRef<HTMLButtonElement>(null)
  const [isCopied, setCopied] = useState<boolean>()
  const copy = async (): Promise<void> => {
    if (button.current !== null) setCopied(await copyText(report, button.current))
  }
  return (
    <Button label="Copy the report" outlined buttonRef={button} onClick={() => void copy()}>
      {isCopied === undefined ? 'Copy the report' : isCopied ? 'Copied' : 'Select the text to copy it'}
    </Button>
  )
}
