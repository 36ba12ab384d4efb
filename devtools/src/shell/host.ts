import { adopt } from '../panel/look/adopt.ts'
import { launcherCss } from './launcher.css.ts'

/** The devtools' place in a page. */
export interface Host {
  readonly element: HTMLElement
  readonly root: ShadowRoot
}

export function createHost(target: Element, mode: ShadowRootMode): Host {
  const element = target.ownerDocument.createElement('heliobus-devtools')
  element.setAttribute('popover', 'manual')
  const root = element.attachShadow({ mode })
  adopt(root, launcherCss)
  target.append(element)
  return { element, root }
}
