export const statusCss: string = /* css */ `
.hb-status {
  position: relative; display: flex; align-items: center; flex: none; height: 22px; padding: 0 4px; overflow: hidden;
  font: 11px/16px var(--hb-ui); color: var(--hb-dim); background: var(--hb-raised); border-top: 1px solid var(--hb-line);
}
.hb-status-item { flex: none; padding: 0 8px; white-space: nowrap; border-right: 1px solid var(--hb-line) }
.hb-status-item b { font: 11px/16px var(--hb-mono); font-variant-numeric: tabular-nums; color: var(--hb-text) }
.hb-status-item.hb-error b, .hb-status-item.hb-warn b { color: inherit }
.hb-status-room { flex: 1; min-width: 0 }
.hb-status-item:last-child { border-right: 0 }
.hb-status button.hb-button { height: 20px; padding: 0 8px; font-size: 11px }
.hb-notices {
  position: absolute; right: 4px; bottom: 26px; z-index: 20; width: min(560px, calc(100% - 8px)); max-height: 60%; overflow: auto;
  background: var(--hb-raised); border: 1px solid var(--hb-line-strong); border-radius: 6px; box-shadow: 0 8px 24px rgb(0 0 0 / .28);
}
.hb-notices h2 { padding: 8px 12px 4px; font-size: 12px; font-weight: 600 }
.hb-notices li { display: flex; gap: 8px; padding: 3px 12px; user-select: text }
.hb-notices li:last-child { padding-bottom: 8px }
.hb-notices time { flex: none; font-family: var(--hb-mono); color: var(--hb-faint) }
@container hb-status (max-width: 640px) { .hb-status-extra { display: none } }
.hb-status-around { container: hb-status / inline-size; flex: none }
`
