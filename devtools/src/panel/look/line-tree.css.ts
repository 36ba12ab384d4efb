export const lineTreeCss: string = /* css */ `
.hb-lines { flex: 1; min-height: 0; overflow: auto }
.hb-lines:focus-visible { outline: none }
.hb-lines-room { position: relative }
.hb-lines-line { position: absolute; left: 0; right: 0; display: flex; align-items: center; cursor: default }
.hb-lines-line:hover { background: var(--hb-hover) }
.hb-lines-line[aria-selected="true"] { background: var(--hb-selected) }
.hb-lines:focus-visible .hb-lines-line[data-current] { outline: 1px solid var(--hb-info); outline-offset: -1px }
@media (forced-colors: active) { .hb-lines-line[aria-selected="true"] { outline: 1px solid Highlight; outline-offset: -1px } }
`
