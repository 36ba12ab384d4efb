import { type RefCallback, useCallback } from 'react'
import { adopt } from './adopt.ts'

/** For what is loaded later: dresses the document or the shadow root that the element comes to stand in. */
export function useStyles(css: string): RefCallback<Element> {
  return useCallback(
    (element: Element | null) => {
      const root = element?.getRootNode()
      if (root !== undefined && isStyled(root)) adopt(root, css)
    },
    [css],
  )
}

/** By shape: the panel may stand in a window with classes of its own. */
export function isStyled(root: Node): root is Document | ShadowRoot {
  return 'adoptedStyleSheets' in root
}
