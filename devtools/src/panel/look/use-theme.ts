import { useSyncExternalStore } from 'react'
import { useSettings } from '../use-panel.ts'

const query = '(prefers-color-scheme: light)'

/** The theme to show; `system` follows the system while it changes. */
export function useTheme(): 'dark' | 'light' {
  const { theme } = useSettings()
  const isLight = useSyncExternalStore(listen, () => matchMedia(query).matches)
  if (theme !== 'system') return theme
  return isLight ? 'light' : 'dark'
}

function listen(changed: () => void): () => void {
  const media = matchMedia(query)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}
