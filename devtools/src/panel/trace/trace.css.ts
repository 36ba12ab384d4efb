/** A line of a flow, wherever it stands. */
export const flowLineCss: string = /* css */ `
.hb-flow-line { display: grid; grid-template-columns: minmax(120px, 38%) 72px minmax(0, 1fr); align-items: center; gap: 8px; flex: 1; min-width: 0; height: 22px; padding: 0 12px }
.hb-flow-name { display: flex; gap: 6px; min-width: 0 }
.hb-flow-name > span { flex: none }
.hb-flow-name > .hb-cut { flex: 1; min-width: 0 }
.hb-where { padding: 0 4px; font: 11px/16px var(--hb-ui); color: var(--hb-dim); border: 1px solid var(--hb-line-strong); border-radius: 3px }
.hb-where[data-far] { color: var(--hb-info); border-color: color-mix(in srgb, var(--hb-info) 45%, transparent) }
.hb-flow-delay { text-align: right; color: var(--hb-dim) }
.hb-flow-bars { position: relative; height: 22px; border-left: 1px solid var(--hb-line) }
.hb-flow-bars > i { position: absolute; height: 4px; min-width: 2px; border-radius: 1px }
.hb-flow-bars > i[data-kind="handled"] { background: var(--hb-ok) }
.hb-flow-bars > i[data-kind="failed"] { background: var(--hb-error) }
.hb-flow-bars > i[data-kind="waiting"] { height: 0; margin-top: 1px; border-top: 2px dotted var(--hb-retry) }
.hb-flow-bars > i.hb-flow-start { top: 4px; width: 1px; min-width: 0; height: 15px; background: var(--hb-line-strong) }
.hb-flow-bars > b { position: absolute; top: 3px; margin-left: 2px; font: 11px/16px var(--hb-mono) }
@media (forced-colors: active) { .hb-flow-bars > i:not([data-kind="waiting"]) { background: CanvasText } }
`

export const traceCss: string = /* css */ `${flowLineCss}
.hb-trace { container: hb-trace / inline-size; display: flex; flex-direction: column; flex: 1; min-height: 0; min-width: 0 }
.hb-trace-head { display: flex; align-items: center; gap: 8px; flex: none; min-height: 29px; padding: 0 4px; color: var(--hb-dim); border-bottom: 1px solid var(--hb-line) }
.hb-panel .hb-trace-head p { flex: 1; min-width: 0; padding-left: 8px }
.hb-trace .hb-flow-axis { flex: none; color: var(--hb-dim); background: var(--hb-raised); border-bottom: 1px solid var(--hb-line); font-size: 11px; overflow: hidden }
.hb-flow-bars > i.hb-flow-tick { top: 0; height: 22px; padding: 3px 0 0 4px; border-left: 1px solid var(--hb-line-strong); border-radius: 0; font: 11px/16px var(--hb-mono); white-space: nowrap }
.hb-flow-bars > i.hb-flow-tick:first-child { border-left: 0 }
.hb-trace .hb-lines-line:hover .hb-flow-bars { border-color: var(--hb-line-strong) }
.hb-flow-text { display: flex; gap: 8px; flex: 1; min-width: 0; padding: 0 12px }
.hb-flow-text > * { flex: none }
.hb-flow-text > .hb-cut { flex: 1; min-width: 0 }
.hb-flow-text > .hb-flow-delay { width: 72px }
.hb-flow-text time { color: var(--hb-dim) }
@container hb-trace (max-width: 460px) {
  .hb-flow-line { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) }
  .hb-flow-line > .hb-flow-delay { display: none }
  .hb-flow-tick:nth-child(even) { visibility: hidden }
}
`
