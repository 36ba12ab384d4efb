import { type ReactNode, useEffect, useState } from 'react'

const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]

const KEY = 'heliobus-demo-theme'
const glyphs: Readonly<Record<Theme, string>> = { system: '◐', light: '☀', dark: '☾' }

/** Goes from the system's colours to light, to dark, and round again. The browser remembers. */
export function ThemeSwitch(): ReactNode {
  const [theme, setTheme] = useState(remembered)
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    remember(theme)
  }, [theme])
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
  return (
    <button type="button" className="quiet-button" onClick={() => setTheme(next)}>
      <span aria-hidden="true">{glyphs[theme]}</span> <span className="sr">Theme: </span>
      <span className="word">{theme}</span>
    </button>
  )
}

// Storage is forbidden in some browsers' settings; then the choice lasts as long as the page.
function remembered(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system'
  } catch {
    return 'system'
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // Then not.
  }
}
