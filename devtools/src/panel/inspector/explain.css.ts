export const explainCss: string = /* css */ `
.hb-explain { margin: 0; padding: 0; list-style: none }
.hb-explain li { display: grid; grid-template-columns: 12px minmax(0, 1fr); gap: 8px; padding: 4px 12px; overflow-wrap: anywhere }
.hb-explain-why { display: block }
.hb-mini-flow { margin-top: 6px; padding-top: 2px; border-top: 1px solid var(--hb-line) }
.hb-mini-flow-head { display: flex; align-items: center; gap: 8px; padding: 2px 4px 2px 12px }
.hb-mini-flow h3 { flex: 1; font-size: 12px; font-weight: 600 }
.hb-mini-flow li { display: flex }
.hb-mini-flow li[data-this] { background: var(--hb-selected) }
.hb-mini-flow .hb-flow-line { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) }
.hb-mini-flow .hb-flow-delay { display: none }
`
