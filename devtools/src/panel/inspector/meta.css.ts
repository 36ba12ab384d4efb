export const metaCss: string = /* css */ `
.hb-panel .hb-meta { padding: 0 4px 0 12px }
.hb-field { display: grid; grid-template-columns: 96px 1fr 24px; align-items: start; gap: 8px; min-height: 26px }
.hb-field dt { padding: 5px 0; color: var(--hb-dim) }
.hb-panel .hb-field dd { padding: 5px 0; min-width: 0; overflow-wrap: anywhere }
.hb-field .hb-button { opacity: 0 }
.hb-field:hover .hb-button, .hb-field .hb-button:focus-visible { opacity: 1 }
@media (hover: none) { .hb-field .hb-button { opacity: 1 } }
`
