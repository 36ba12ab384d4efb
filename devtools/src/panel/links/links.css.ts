export const linksCss: string = /* css */ `
.hb-links { flex: 1; min-height: 0; overflow: auto; container: hb-links / inline-size }
.hb-panel .hb-links h2 { padding: 12px 12px 4px; font-size: 12px; font-weight: 600 }
.hb-panel .hb-links p { padding: 0 12px 8px; color: var(--hb-dim) }
.hb-links table { width: 100%; border-collapse: collapse }
.hb-links :is(th, td) { height: 28px; padding: 4px 12px; text-align: left; vertical-align: top; font-weight: 400; border-bottom: 1px solid color-mix(in srgb, var(--hb-line) 50%, transparent) }
.hb-links th { padding-top: 0; height: 20px; font-size: 11px; color: var(--hb-dim); vertical-align: bottom }
.hb-links :is(th, td).hb-number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.hb-links td:first-child { overflow-wrap: anywhere }
.hb-links time { white-space: nowrap }
.hb-links tbody tr[data-lasts] { background: var(--hb-error-surface) }
.hb-links tbody tr:hover { background: var(--hb-hover) }
.hb-links td .hb-link { text-align: left }
@container hb-links (max-width: 480px) { .hb-links .hb-extra { display: none } }
`
