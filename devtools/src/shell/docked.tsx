import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { Splitter } from '../panel/look/splitter.tsx'
import { useTheme } from '../panel/look/use-theme.ts'
import { usePanel, useSettings } from '../panel/use-panel.ts'

const SMALLEST = { bottom: 160, right: 320 }
const OF_THE_PAGE = 48 // px that stay free

/** The panel at an edge of the page, with a line to drag. Tells the page how much room it takes. */
export function Docked({ children }: { readonly children: ReactNode }): ReactNode {
  const { settings } = usePanel()
  const { dock, ...wanted } = useSettings()
  const theme = useTheme()
  const side = dock === 'bottom' ? 'height' : 'width'
  const room = useSyncExternalStore(onResize, () => (dock === 'bottom' ? innerHeight : innerWidth))
  const max = Math.max(SMALLEST[dock], room - OF_THE_PAGE)
  const size = Math.min(Math.max(wanted[side], SMALLEST[dock]), max)
  useEffect(() => tellRoom(dock, size), [dock, size])
  return (
    <div className="hb-panel hb-dock" data-theme={theme} data-dock={dock} style={{ [side]: size }}>
      <Splitter
        label={dock === 'bottom' ? 'Height of the panel' : 'Width of the panel'}
        orientation={dock === 'bottom' ? 'horizontal' : 'vertical'}
        size={size}
        min={SMALLEST[dock]}
        max={max}
        direction={-1}
        onResize={(length) => settings.set({ [side]: length })}
      />
      {children}
    </div>
  )
}

function onResize(changed: () => void): () => void {
  addEventListener('resize', changed)
  return () => removeEventListener('resize', changed)
}

/** For pages that want to leave room: `padding-bottom: var(--heliobus-devtools-bottom, 0)`. */
function tellRoom(dock: 'bottom' | 'right', size: number): () => void {
  const { style } = document.documentElement
  const name = `--heliobus-devtools-${dock}`
  style.setProperty(name, `${size}px`)
  return () => style.removeProperty(name)
}
