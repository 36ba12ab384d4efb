export const streamCss: string = /* css */ `
.hb-stream { position: relative; flex: 1; min-height: 0; display: flex; flex-direction: column; container: hb-stream / inline-size }
.hb-stream[data-paused]::after {
  content: ""; position: absolute; inset: 0; border: 1px solid var(--hb-warn); border-left-width: 3px; pointer-events: none; z-index: 3;
}
.hb-stream-list { position: relative; flex: 1; min-height: 0; overflow: hidden scroll; overflow-anchor: none; overscroll-behavior: contain }
.hb-stream-head, .hb-row {
  display: grid; grid-template-columns: 102px 22px minmax(96px, 32%) minmax(0, 1fr) 58px 64px; align-items: center; padding-left: 9px; padding-right: 4px;
}
.hb-stream-list:not([data-links]) .hb-cell-via { display: none }
.hb-stream-list[data-links] :is(.hb-stream-head, .hb-row) { grid-template-columns: 102px 22px minmax(96px, 28%) minmax(0, 1fr) 72px 58px 64px }
.hb-stream-head {
  position: sticky; top: 0; z-index: 2; height: 22px; font-size: 11px; color: var(--hb-dim);
  background: var(--hb-raised); box-shadow: inset 0 -1px var(--hb-line);
}
.hb-stream-rows { position: relative; overflow: hidden }
.hb-stream-note { height: 22px; padding: 3px 12px; color: var(--hb-dim); background: var(--hb-raised) }
.hb-stream-note::before { content: "▲ "; color: var(--hb-warn) }
.hb-row {
  position: absolute; left: 0; right: 0; height: var(--hb-row); contain: strict; cursor: default;
  font-family: var(--hb-mono); font-variant-numeric: tabular-nums;
}
.hb-row::before { content: ""; position: absolute; left: 0; top: 0; bottom: 0; width: 3px; background: var(--hb-hue) }
.hb-row:hover { background: var(--hb-hover) }
.hb-row:is([data-status="error"], [data-status="dead"]) { background: var(--hb-error-surface) }
.hb-row[aria-selected="true"] { background: var(--hb-selected) }
.hb-stream-list:focus-visible { outline: none }
.hb-stream-list:focus-visible .hb-row[aria-selected="true"] { outline: 1px solid var(--hb-info); outline-offset: -1px }
.hb-stream-list:focus-visible .hb-stream-head { box-shadow: inset 0 -2px var(--hb-info) }
.hb-row[data-bookmarked="true"]::after {
  content: ""; position: absolute; left: 3px; top: 0; width: 7px; height: 11px; background: var(--hb-info);
  clip-path: polygon(0 0, 100% 0, 100% 100%, 50% 70%, 0 100%);
}
.hb-cell { min-width: 0; padding-right: 8px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
.hb-cell-time, .hb-cell-via, .hb-cell-data { color: var(--hb-dim) }
.hb-row .hb-cell-data { color: var(--hb-faint) }
.hb-row:is(:hover, [aria-selected="true"], [data-status="error"], [data-status="dead"]) .hb-cell-data { color: var(--hb-dim) }
.hb-cell-status { padding: 0; text-align: center; text-overflow: clip }
.hb-row[data-status="ok"] .hb-cell-status { color: var(--hb-ok) }
.hb-row[data-status="warn"] .hb-cell-status { color: var(--hb-warn) }
.hb-row[data-status="error"] .hb-cell-status { color: var(--hb-error) }
.hb-row[data-status="info"] .hb-cell-status { color: var(--hb-info) }
.hb-row[data-status="retry"] .hb-cell-status { color: var(--hb-retry) }
.hb-row[data-status="dead"] .hb-cell-status { color: var(--hb-dead) }
.hb-row[data-status="gap"] { --hb-hue: var(--hb-warn); background: repeating-linear-gradient(-45deg, var(--hb-raised) 0 5px, transparent 5px 10px) }
.hb-row[data-status="gap"] :is(.hb-cell-status, .hb-cell-data) { color: var(--hb-warn) }
.hb-row[data-status="gap"] .hb-cell-topic { display: none }
.hb-panel .hb-row[data-status="gap"] .hb-cell-data { display: block; grid-area: 1 / 3 / auto / span 2 }
.hb-row[data-far] .hb-cell-via { color: var(--hb-info) }
.hb-row[data-status="faint"] .hb-cell-status { color: var(--hb-faint) }
.hb-row-domain { color: var(--hb-hue) }
.hb-cell-handlers, .hb-cell-slowest { text-align: right; color: var(--hb-dim) }

.hb-panel[data-rows="roomy"] .hb-stream-list .hb-row {
  grid-template-columns: 102px 22px minmax(0, 1fr) auto 58px 64px; grid-template-rows: 18px 16px; align-content: center;
}
.hb-panel[data-rows="roomy"] .hb-stream-head .hb-cell-data { visibility: hidden }
.hb-panel[data-rows="roomy"] .hb-row .hb-cell { grid-row: 1 }
.hb-panel[data-rows="roomy"] .hb-row .hb-cell-data { grid-area: 2 / 3 / auto / -1 }
.hb-panel[data-rows="roomy"] .hb-row .hb-cell-handlers { grid-column: -3 }
.hb-panel[data-rows="roomy"] .hb-row .hb-cell-slowest { grid-column: -2 }

@container hb-stream (max-width: 520px) {
  .hb-stream-list .hb-cell:is(.hb-cell-via, .hb-cell-handlers) { display: none }
  .hb-stream-list:is([data-links], :not([data-links])) :is(.hb-stream-head, .hb-row) { grid-template-columns: 98px 18px minmax(0, 3fr) minmax(0, 2fr) 64px }
  .hb-stream-list[data-links="where"] .hb-cell-via { display: block }
  .hb-stream-list[data-links="where"] .hb-cell-data { display: none }
  .hb-stream-list[data-links="where"] :is(.hb-stream-head, .hb-row) { grid-template-columns: 98px 18px minmax(0, 1fr) 72px 64px }
  .hb-panel .hb-stream-list .hb-row[data-status="gap"] .hb-cell-data { grid-column-end: -1 }
  .hb-stream-list .hb-row[data-status="gap"] .hb-cell-via, .hb-stream-list .hb-row[data-status="gap"] .hb-cell-slowest { display: none }
  .hb-panel[data-rows="roomy"] .hb-stream-list .hb-row { grid-template-columns: 98px 18px minmax(0, 1fr) 64px }
}

.hb-stream-empty { position: absolute; inset: 22px 0 0; height: auto; pointer-events: none; background: var(--hb-surface) }
.hb-stream-empty > * { pointer-events: auto }
.hb-stream-empty em { font-style: normal; color: var(--hb-info) }
.hb-stream-empty code { color: var(--hb-text); overflow-wrap: anywhere }
.hb-stream-bar { position: absolute; z-index: 4; bottom: 8px; left: 0; right: 0; display: flex; justify-content: center; pointer-events: none }
.hb-stream-bar .hb-button {
  pointer-events: auto; gap: 4px; color: var(--hb-text); background: var(--hb-raised); border-color: var(--hb-line-strong);
  border-radius: 12px; padding: 0 12px; box-shadow: 0 2px 8px rgb(0 0 0 / .28); font-variant-numeric: tabular-nums;
}
.hb-stream-bar .hb-button:hover { background: var(--hb-hover) }
.hb-stream-bar[data-tone="warn"] .hb-button { background: var(--hb-warn-surface); border-color: var(--hb-warn) }
@media (forced-colors: active) {
  .hb-row[aria-selected="true"] { outline: 1px solid Highlight; outline-offset: -1px }
}
`
