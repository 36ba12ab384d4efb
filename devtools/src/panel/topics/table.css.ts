export const tableCss: string = /* css */ `
.hb-table-room { flex: 1; min-height: 0; overflow: auto }
.hb-table { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 0 }
.hb-table th {
  position: sticky; top: 0; z-index: 2; height: 24px; padding: 0; text-align: right; font-weight: 400; white-space: nowrap;
  background: var(--hb-raised); border-bottom: 1px solid var(--hb-line);
}
.hb-table th.hb-table-text, .hb-table td.hb-table-text, .hb-table td:first-child { text-align: left }
.hb-table th:first-child, .hb-table td:first-child { position: sticky; left: 0; z-index: 1; padding-left: 12px; background: var(--hb-surface) }
.hb-table th:first-child { z-index: 3; background: var(--hb-raised) }
.hb-table th button {
  width: 100%; height: 24px; padding: 0 8px; cursor: pointer; text-align: inherit; background: none; border: 0; color: var(--hb-dim); font-size: 11px;
}
.hb-table th:first-child button { padding-left: 0 }
.hb-table th button:hover, .hb-table th[aria-sort] button { color: var(--hb-text) }
.hb-table td {
  height: var(--hb-row); padding: 0 8px; text-align: right; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; font-family: var(--hb-mono);
  font-variant-numeric: tabular-nums; border-bottom: 1px solid color-mix(in srgb, var(--hb-line) 50%, transparent);
}
.hb-table tbody tr:hover td { background: var(--hb-hover) }
.hb-table tfoot td, .hb-table tfoot td:first-child { position: sticky; bottom: 0; z-index: 2; background: var(--hb-raised); border-top: 1px solid var(--hb-line); border-bottom: 0 }
.hb-table tfoot td:first-child { z-index: 3 }
.hb-table tfoot .hb-table-share { visibility: hidden }
.hb-table-name { max-width: 100%; overflow: hidden; text-overflow: ellipsis; padding: 0; cursor: pointer; background: none; border: 0; font-family: inherit; text-align: left }
.hb-table-name:hover { text-decoration: underline; text-underline-offset: 3px }
.hb-table-share { position: relative; display: inline-block; width: 48px; height: 6px; margin-left: 8px; border-radius: 3px; background: var(--hb-line) }
.hb-table-share > span { position: absolute; inset: 0 auto 0 0; border-radius: 3px; background: var(--hb-hue) }
.hb-table-spark { display: inline-block; vertical-align: middle }
.hb-table-head { display: flex; align-items: center; gap: 12px; flex: none; height: 29px; padding: 0 4px; color: var(--hb-dim) }
.hb-table-beside { color: var(--hb-dim) }
.hb-panel .hb-table-head p { flex: 1; min-width: 0; padding-left: 8px }
.hb-table .hb-faint { color: var(--hb-faint) }
`
