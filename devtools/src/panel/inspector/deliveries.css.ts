/** Handlers, their calls, and what they threw. */
export const deliveriesCss: string = /* css */ `
.hb-delivery { padding: 6px 12px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 4px }
.hb-delivery + .hb-delivery { border-top: 1px solid var(--hb-line) }
.hb-delivery-line { display: flex; gap: 8px }
.hb-delivery-name { flex: 1; min-width: 0; overflow-wrap: anywhere }
.hb-bar { height: 4px; border-radius: 2px; background: var(--hb-raised); overflow: hidden }
.hb-bar i { display: block; height: 100%; border-radius: 2px; background: var(--hb-ok) }
.hb-bar[data-failed] i { background: var(--hb-error) }
.hb-steps { margin: 2px 0 0; padding: 0 0 0 12px; list-style: none; display: grid; grid-template-columns: minmax(0, 1fr); gap: 6px; border-left: 1px solid var(--hb-line); margin-left: 3px }
.hb-steps .hb-delivery-name { color: var(--hb-dim) }
.hb-panel .hb-handlers > p { padding: 6px 12px }
.hb-outstanding { border-top: 1px solid var(--hb-line) }
.hb-panel .hb-unhandled p:first-child { display: grid; grid-template-columns: 12px 1fr; gap: 8px }
.hb-unhandled { padding: 6px 12px; display: grid; gap: 4px }
.hb-thrown { margin-top: 2px; padding: 4px 4px 6px 8px; border-left: 2px solid var(--hb-error); background: var(--hb-error-surface); border-radius: 0 var(--hb-radius) var(--hb-radius) 0 }
.hb-thrown .hb-thrown { margin: 4px 4px 0 0; padding-right: 0 }
.hb-thrown-message { display: flex; align-items: flex-start; gap: 4px }
.hb-thrown-message span { flex: 1; min-width: 0; padding: 4px 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 160px; overflow: auto }
.hb-thrown summary { cursor: pointer; color: var(--hb-dim); width: max-content }
.hb-panel .hb-stack { margin: 4px 0 0; font-size: 11px; color: var(--hb-dim); white-space: pre; overflow: auto; max-height: 240px }
@media (forced-colors: active) { .hb-bar i { background: CanvasText } }
`
