export const alertsCss: string = /* css */ `
.hb-notices .hb-alert-line { display: block; padding-bottom: 8px }
.hb-panel .hb-alert-head { display: flex; align-items: baseline; gap: 8px }
.hb-alert-head strong { flex: 1; font-weight: 600 }
.hb-alert-line ol { margin: 2px 0 0; padding: 0 0 0 12px; list-style: none; border-left: 1px solid var(--hb-line) }
.hb-alert-line ol li { padding: 2px 0; white-space: nowrap }
.hb-alert-line ol li > span { flex: none }
.hb-alert-line ol li > .hb-cut { flex: 1; min-width: 0 }
`
