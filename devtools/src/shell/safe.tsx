import { Component, type ErrorInfo, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import type { Pulse } from '../panel/state/pulse.ts'
import { Failed } from './failed.tsx'

interface Props {
  /** Begins to draw again. */
  readonly restart: () => void
  readonly children: ReactNode
}

interface State {
  readonly report: string | undefined
}

/** Keeps a failure of the panel to the panel: it says so in its place, and can begin anew. */
export class Safe extends Component<Props, State> {
  override readonly state: State = { report: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { report: reportOf(error) }
  }

  override componentDidCatch(_error: unknown, { componentStack }: ErrorInfo): void {
    this.setState(({ report }) => ({ report: `${report}\n\nIn${componentStack ?? ''}` }))
  }

  /** For what fails outside of React. */
  fail(error: unknown): void {
    this.setState({ report: reportOf(error) })
  }

  override render(): ReactNode {
    const { report } = this.state
    if (report === undefined) return this.props.children
    const restart = (): void => {
      this.setState({ report: undefined })
      this.props.restart()
    }
    return <Failed report={report} restart={restart} />
  }
}

function reportOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `The devtools panel of Heliobus has failed\n${navigator.userAgent}\n\n${text}`
}

/** Finishes a drawing before it returns. When that fails, the panel says so, and the app hears nothing of it. */
export function drawSafely(draw: () => void, pulse: Pulse, safe: Safe | null): void {
  try {
    flushSync(draw)
  } catch (error) {
    pulse.stop()
    safe?.fail(error)
  }
}
