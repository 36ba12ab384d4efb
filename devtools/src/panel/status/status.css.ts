export const statusCss: string = /* css */ `
.hb-status-around {
  display: flex; flex: none; z-index: 4; height: 22px; font: 11px/16px var(--hb-ui); color: var(--hb-dim); background: var(--hb-raised);
  border-top: 1px solid var(--hb-line);
}
.hb-status { container: hb-status / inline-size; display: flex; align-items: center; flex: 1; min-width: 0; padding-left: 4px; overflow: hidden }
.hb-status-sums { display: flex; flex: 1; min-width: 0; overflow: hidden }
.hb-status-item { flex: none; padding: 0 8px; white-space: nowrap; border-right: 1px solid var(--hb-line) }
.hb-status-sums .hb-status-item:last-child { border-right: 0 }
.hb-status-item b { font: 11px/16px var(--hb-mono); font-variant-numeric: tabular-nums; color: var(--hb-text) }
.hb-status-item.hb-error b, .hb-status-item.hb-warn b { color: inherit }
.hb-status-around button.hb-button { height: 21px; padding: 0 8px; margin: 0 4px; font-size: 11px; border-radius: 0 }
.hb-status-around button.hb-button.hb-warn { color: var(--hb-warn) }
.hb-status-around button.hb-button.hb-alert { color: var(--hb-surface); background: var(--hb-warn); font-weight: 600 }
button.hb-status-item { padding: 0 8px; background: none; border: 0; border-right: 1px solid var(--hb-line); cursor: pointer; font: inherit }
.hb-panel button.hb-status-item.hb-dead, .hb-status-item.hb-dead b { color: var(--hb-dead) }
button.hb-status-item:hover { text-decoration: underline; text-underline-offset: 2px }
@container hb-status (max-width: 640px) { .hb-status-extra { display: none } }
.hb-notices {
  position: absolute; right: 4px; bottom: 26px; z-index: 20; width: min(560px, calc(100% - 8px)); max-height: 60%; overflow: auto;
  color: var(--hb-text); font: 12px/16px var(--hb-ui);
  background: var(--hb-raised); border: 1px solid var(--hb-line-strong); border-radius: 6px; box-shadow: 0 8px 24px rgb(0 0 0 / .28);
}
.hb-panel .hb-notices h2 { padding: 8px 12px 4px; font-size: 12px; font-weight: 600 }
.hb-notices ul { padding-bottom: 8px }
.hb-notices li { display: flex; gap: 8px; padding: 3px 12px; user-select: text; overflow-wrap: anywhere }
.hb-notices time { flex: none; font-family: var(--hb-mono); color: var(--hb-dim) }
.hb-panel .hb-notices-note { padding: 0 12px 8px; color: var(--hb-dim) }
`
