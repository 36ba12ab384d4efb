export const inspectorCss: string = /* css */ `
.hb-inspector { position: relative; display: flex; flex-direction: column; flex: 1; min-height: 0; min-width: 0 }
.hb-inspected { flex: none; padding: 6px 6px 8px 12px; display: grid; gap: 4px; border-bottom: 1px solid var(--hb-line) }
.hb-inspected-title { display: flex; align-items: flex-start; gap: 8px; min-width: 0 }
.hb-inspected-title h2 { flex: 1; min-width: 0; padding: 4px 0; font-size: 13px; font-weight: 600; overflow-wrap: anywhere }
.hb-domain { color: var(--hb-hue) }
.hb-actions { display: flex; flex: none }
.hb-inspected-facts { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 8px; min-width: 0; padding-right: 6px; white-space: nowrap }
.hb-panel .hb-inspected-id { margin-left: auto }
.hb-causes { display: flex; flex-wrap: wrap; gap: 0 8px; color: var(--hb-dim) }
.hb-link { padding: 0; background: none; border: 0; cursor: pointer; color: inherit; text-align: left; overflow-wrap: anywhere }
.hb-link:hover { text-decoration: underline; text-underline-offset: 2px }
.hb-panel .hb-link { color: var(--hb-info) }
.hb-panel .hb-inspected-id { color: var(--hb-dim) }
.hb-causes .hb-link + .hb-link { margin-left: 8px }

.hb-inspector-tabs { flex: none; padding: 0 4px; border-bottom: 1px solid var(--hb-line); overflow-x: auto; scrollbar-width: none }
.hb-inspector-body { flex: 1; min-height: 0; display: flex }
.hb-part { flex: 1; min-width: 0; min-height: 0; display: flex; flex-direction: column }
.hb-part[hidden] { display: none }
.hb-scroll { flex: 1; min-height: 0; overflow: auto; overscroll-behavior: contain; padding: 6px 0 }
.hb-panel .hb-nothing { padding: 8px 12px; color: var(--hb-dim) }
.hb-panel .hb-remark { padding: 4px 12px; color: var(--hb-warn); background: var(--hb-warn-surface) }

.hb-payload { display: flex; flex-direction: column; flex: 1; min-height: 0 }
.hb-payload-bar { display: flex; align-items: center; gap: 2px; flex: none; padding: 4px 4px 4px 8px }
.hb-search {
  display: flex; align-items: center; gap: 6px; flex: 1; min-width: 0; height: 26px; padding: 0 0 0 7px; color: var(--hb-faint);
  background: var(--hb-raised); border: 1px solid var(--hb-line); border-radius: var(--hb-radius);
}
.hb-search:focus-within { border-color: var(--hb-info) }
.hb-search svg { flex: none }
.hb-search input { flex: 1; min-width: 40px; padding: 0; background: none; border: 0; color: var(--hb-text) }
.hb-search input:focus-visible { outline: none }
.hb-search input::placeholder { color: var(--hb-faint); opacity: 1 }
.hb-search output { white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: 7px }

.hb-tree { padding-bottom: 4px }
.hb-tree:focus-visible { outline: none }
.hb-line { position: relative; padding: 2px 12px 2px 4px; line-height: 16px; text-indent: -16px; overflow-wrap: anywhere; cursor: default }
.hb-line > * { text-indent: 0 }
.hb-line { margin-left: 16px }
.hb-line::before { content: ""; position: absolute; z-index: -1; inset: 0 0 0 -16px; pointer-events: none }
.hb-tree { position: relative; z-index: 0 }
.hb-line[aria-expanded] { cursor: pointer }
.hb-line:hover::before { background: var(--hb-hover) }
.hb-line[data-hit]::before { background: var(--hb-warn-surface); box-shadow: inset 2px 0 var(--hb-warn) }
.hb-line[aria-selected="true"]::before { background: var(--hb-hover) }
.hb-line[data-hit][aria-selected="true"]::before { background: var(--hb-selected); box-shadow: inset 2px 0 var(--hb-warn) }
.hb-tree:focus .hb-line[aria-selected="true"]::before { background: var(--hb-selected) }
.hb-tree:focus-visible .hb-line[aria-selected="true"]::before { outline: 1px solid var(--hb-info); outline-offset: -1px }
.hb-twist { display: inline-block; width: 16px; color: var(--hb-faint); vertical-align: -2px }
.hb-key { color: var(--hb-dim) }
.hb-value { user-select: text }
.hb-count { margin-left: 6px; padding: 0 5px; border-radius: 8px; background: var(--hb-raised); color: var(--hb-faint); font-size: 11px }
.hb-key + .hb-faint + .hb-count { margin-left: 0 }
.hb-show-all { margin-left: 8px; color: var(--hb-info); white-space: nowrap }
.hb-long-text { display: block; max-height: 240px; overflow: auto; margin: 4px 0; padding: 6px 8px; white-space: pre-wrap; cursor: text; background: var(--hb-raised); border: 1px solid var(--hb-line); border-radius: var(--hb-radius) }
.hb-inspector [data-tone="string"] { color: var(--hb-hue-4) }
.hb-inspector [data-tone="number"] { color: var(--hb-hue-8) }
.hb-inspector [data-tone="boolean"] { color: var(--hb-hue-10) }
.hb-inspector [data-tone="date"] { color: var(--hb-hue-6) }
.hb-inspector [data-tone="empty"], .hb-inspector [data-tone="odd"] { color: var(--hb-faint); font-style: italic }
.hb-inspector [data-tone="error"], .hb-inspector [data-tone="unreadable"] { color: var(--hb-error) }
.hb-inspector [data-tone="object"] { color: var(--hb-dim) }
.hb-left-out { display: block; width: 100%; padding: 6px 12px; background: none; border: 0; cursor: pointer; text-align: left }
.hb-panel .hb-left-out { color: var(--hb-info) }
.hb-left-out:hover { background: var(--hb-hover) }
.hb-path { display: flex; align-items: center; gap: 2px; flex: none; min-height: 28px; padding: 2px 12px 2px 12px; border-top: 1px solid var(--hb-line); background: var(--hb-raised) }
.hb-path-text { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--hb-dim) }
.hb-path .hb-faint { margin-left: 6px; white-space: nowrap }

.hb-copied { position: absolute; right: 8px; bottom: 36px; padding: 4px 10px; pointer-events: none; background: var(--hb-text); color: var(--hb-surface); border-radius: var(--hb-radius) }
.hb-copied:empty { display: none }
.hb-by-hand { position: absolute; inset: auto 0 0; z-index: 3; display: flex; align-items: flex-start; gap: 4px; padding: 8px 4px 8px 12px; background: var(--hb-warn-surface); border-top: 1px solid var(--hb-line-strong) }
.hb-by-hand label { flex: 1; display: grid; gap: 6px }
.hb-by-hand textarea { width: 100%; resize: vertical; background: var(--hb-surface); color: var(--hb-text); border: 1px solid var(--hb-line-strong); border-radius: var(--hb-radius) }
@media (forced-colors: active) { .hb-line[aria-selected="true"] { outline: 1px solid Highlight } }
`
