import type { RemoteTap } from '@heliobus/core'

/** How the devtools stand in a page. */
export interface DevtoolsOptions {
  /** The corner of the launcher. Default `bottom-right`. */
  readonly position?: LauncherPosition
  /** Open from the start, without taking the focus. Default false. */
  readonly initialOpen?: boolean
  /**
   * Opens and closes the panel wherever the focus is: modifiers (`mod` for ⌘ or Ctrl, `ctrl`, `meta`, `alt`, `shift`) and a
   * key, joined by `+`. `false` for none. Default `mod+shift+e`.
   */
  readonly hotkey?: string | false
  /** `open` lets the page's own tests look inside. Default `closed`: they never meet the panel's rows. */
  readonly shadowMode?: ShadowRootMode
  /** Where the panel opens the first time; later, where the developer left it. Default `bottom`. */
  readonly dock?: 'bottom' | 'right'
  /** Events kept for each bus, rounded up to a power of two. Default 65,536. */
  readonly capacity?: number
  /**
   * Other processes, shown in the timeline of the first bus from when the panel is opened first. Make them once, outside of
   * components.
   */
  readonly remotes?: readonly RemoteTap[]
  /** Where the devtools' element is put. Default `<html>`: a body may be replaced as a whole. */
  readonly target?: Element
}

export type LauncherPosition = 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left'
