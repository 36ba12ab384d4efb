export const topicsCss: string = /* css */ `
.hb-sparkline { display: block; flex: none }
.hb-sparkline-area { fill: var(--hb-hue, var(--hb-info)); opacity: .18 }
.hb-sparkline-line { fill: none; stroke: var(--hb-hue, var(--hb-info)); stroke-width: 1.2 }
.hb-domain { color: var(--hb-hue) }

.hb-topics { display: flex; flex-direction: column; height: 100%; min-height: 0 }
.hb-topics .hb-topics-search {
  flex: none; height: 24px; margin: 6px; padding: 0 8px; color: var(--hb-text); background: var(--hb-surface);
  border: 1px solid var(--hb-line-strong); border-radius: var(--hb-radius);
}
.hb-panel .hb-topics-none { padding: 8px 12px; color: var(--hb-dim) }
.hb-topic-tree { flex: 1; min-height: 0; overflow: auto; padding: 4px 0 }
.hb-topic-tree:focus-visible { outline: none }
.hb-tree-room { position: relative }
.hb-tree-line {
  position: absolute; left: 0; right: 0; display: flex; align-items: center; gap: 6px; height: 22px; padding: 0 8px 0 6px; cursor: default;
}
.hb-tree-line:hover { background: var(--hb-hover) }
.hb-tree-line[data-state="chosen"] { background: var(--hb-selected) }
.hb-tree-line[data-state="chosen"]::before { content: ""; position: absolute; inset: 0 auto 0 0; width: 3px; background: var(--hb-hue) }
.hb-tree-line[data-state="left-out"] .hb-tree-name { text-decoration: line-through; color: var(--hb-faint) }
.hb-topic-tree:focus-visible .hb-tree-line[data-current] { outline: 1px solid var(--hb-info); outline-offset: -1px }
.hb-tree-fold { flex: none; width: 12px; color: var(--hb-dim) }
.hb-tree-press { display: block; height: 22px; padding: 5px 0; cursor: pointer }
.hb-tree-press:hover { color: var(--hb-text) }
.hb-tree-out { position: absolute; right: 0; width: 42px; padding-left: 18px; color: var(--hb-dim); background: var(--hb-hover); visibility: hidden }
.hb-tree-line:hover .hb-tree-out { visibility: visible }
.hb-tree-line[data-state="chosen"] .hb-tree-out { background: var(--hb-selected) }
.hb-tree-name { flex: 1; min-width: 0 }
.hb-tree-rate { color: var(--hb-dim) }
`
