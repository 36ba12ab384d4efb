export const diffCss: string = /* css */ `
.hb-panel .hb-diff > p { padding: 2px 12px 8px }
.hb-difference { display: grid; grid-template-columns: 12px 1fr; gap: 0 6px; padding: 4px 12px }
.hb-difference:hover { background: var(--hb-hover) }
.hb-difference-path, .hb-difference-values { min-width: 0; overflow-wrap: anywhere }
.hb-difference-values { grid-column: 2 }
.hb-difference[data-kind="added"] .hb-sign { color: var(--hb-ok) }
.hb-difference[data-kind="removed"] .hb-sign { color: var(--hb-error) }
.hb-difference[data-kind="changed"] .hb-sign { color: var(--hb-warn) }
`
