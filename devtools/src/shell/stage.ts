import { createRef } from 'react'
import type { Panel, Shell } from '../panel/state/panel.ts'
import { joinRemotes } from './join-remotes.ts'
import { onHotkey } from './hotkey.ts'
import { openPopUp, type OwnWindow, pictureInPicture } from './own-window.ts'
import { putUp } from './put-up.tsx'
import type { Mounted } from './mounted.ts'
import { drawSafely, type Safe } from './safe.tsx'

const BLOCKED = 'The browser did not let the page open a window: allow pop-ups for it. The panel stays here.'

/** Where the panel stands: nowhere, at an edge of the page, or in a window of its own. No row is drawn while it is closed. */
export class Stage implements Shell {
  readonly #panel: Panel
  readonly #mounted: Mounted
  readonly #safe = createRef<Safe>()
  #takeDown: (() => void) | undefined = undefined
  #own: OwnWindow | undefined = undefined

  constructor(panel: Panel, mounted: Mounted) {
    this.#panel = panel
    this.#mounted = mounted
    panel.shell = this
    joinRemotes(panel, mounted.options.remotes)
  }

  get isPoppedOut(): boolean {
    return this.#own !== undefined
  }

  /** Opens or closes; a window of its own comes forward instead. */
  toggle(takesFocus: boolean): void {
    if (this.#own !== undefined) this.#own.focus()
    else if (this.#takeDown === undefined) this.#dock(takesFocus)
    else this.close()
  }

  /** Finishes a drawing before it returns. When that fails, the panel says so, and the app hears nothing of it. */
  draw(draw: () => void): void {
    drawSafely(draw, this.#panel.pulse, this.#safe.current)
  }

  togglePopOut(): string | undefined {
    if (this.#own === undefined) return this.#askForWindow()
    this.#comeBack()
    return undefined
  }

  #askForWindow(): string | undefined {
    const floating = pictureInPicture(window)
    if (floating === undefined) return this.#popOut(openPopUp(window, ownSize()))
    floating.requestWindow(ownSize()).then(
      (own) => this.#popOut(own),
      () => this.#panel.tell(this.#popOut(openPopUp(window, ownSize())) ?? ''),
    )
    return undefined
  }

  close(): void {
    if (this.#takeDown === undefined) return
    const { launcher, host } = this.#mounted
    this.#leave()
    launcher.show(true)
    if (isFree(host.element)) launcher.focus()
  }

  #dock(takesFocus: boolean): void {
    const { launcher, host } = this.#mounted
    this.#takeDown = this.#putUp(host.root, window)
    launcher.show(false)
    if (takesFocus) this.#panel.go('list')
  }

  #putUp(around: ShadowRoot | Document, seenIn: Window): () => void {
    // Afterwards: it may fail while it is put up.
    const failed = (error: unknown): void =>
      queueMicrotask(() => {
        this.close()
        this.#mounted.launcher.fail(error)
      })
    return putUp({ panel: this.#panel, around, seenIn, safe: this.#safe, failed })
  }

  /** Answers with why it can't. */
  #popOut(own: OwnWindow | undefined): string | undefined {
    if (own === undefined) return BLOCKED
    if (this.#takeDown === undefined) own.close() // the panel was closed while the browser made the window
    else this.#moveInto(own)
    return undefined
  }

  #moveInto(own: OwnWindow): void {
    this.#leave()
    this.#own = own
    own.document.title = 'Heliobus devtools'
    const takeDown = this.#putUp(own.document, own)
    const forget = this.#followWindow(own)
    this.#takeDown = () => {
      forget()
      takeDown()
    }
    this.#mounted.launcher.show(true)
    this.#panel.go('list')
  }

  /** The window goes with the page, and the panel comes back when the window goes. */
  #followWindow(own: OwnWindow): () => void {
    const closeIt = (): void => own.close()
    const comeBack = (): void => this.#comeBack()
    const forget = onHotkey(own, this.#mounted.options.hotkey, () => this.close())
    window.addEventListener('pagehide', closeIt)
    own.addEventListener('pagehide', comeBack)
    return () => {
      forget()
      window.removeEventListener('pagehide', closeIt)
      own.removeEventListener('pagehide', comeBack)
    }
  }

  #comeBack(): void {
    this.#leave()
    this.#dock(true)
  }

  #leave(): void {
    const own = this.#own
    this.#own = undefined
    this.#takeDown?.()
    this.#takeDown = undefined
    own?.close()
  }
}

/** Nothing of the page has the focus. */
function isFree(host: Element): boolean {
  const { activeElement, body } = host.ownerDocument
  return activeElement === null || activeElement === body || activeElement === host
}

function ownSize(): { readonly width: number; readonly height: number } {
  return { width: Math.min(1_280, screen.availWidth), height: Math.min(640, screen.availHeight) }
}
