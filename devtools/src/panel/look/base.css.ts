/** The frame of the panel and the small pieces everything is made of. Sizes in px: the page's rem must not matter. */
export const baseCss: string = /* css */ `
.hb-panel, .hb-panel *, .hb-panel *::before, .hb-panel *::after { box-sizing: border-box }
.hb-panel {
  display: flex; flex-direction: column; position: relative;
  width: 100%; height: 100%; min-width: 0; min-height: 0; overflow: hidden;
  background: var(--hb-surface); color: var(--hb-text);
  font: 400 12px/16px var(--hb-ui); letter-spacing: normal; text-align: left; text-transform: none;
  -webkit-font-smoothing: antialiased; user-select: none;
}
.hb-panel ::selection { background: color-mix(in srgb, var(--hb-info) 35%, transparent) }
.hb-panel * { scrollbar-width: thin; scrollbar-color: var(--hb-line-strong) transparent }
.hb-panel :focus { outline: none }
.hb-panel :focus-visible { outline: 2px solid var(--hb-info); outline-offset: -2px }
.hb-panel h2, .hb-panel h3, .hb-panel p, .hb-panel ul, .hb-panel dl, .hb-panel dd, .hb-panel table { margin: 0; padding: 0 }
.hb-panel ul { list-style: none }
.hb-panel kbd {
  font: 11px/14px var(--hb-ui); color: var(--hb-dim); padding: 0 4px;
  border: 1px solid var(--hb-line-strong); border-radius: 3px;
}
:where(.hb-panel) :is(button, input, select) { font: inherit; color: inherit; letter-spacing: inherit; margin: 0 }
.hb-mono { font-family: var(--hb-mono); font-variant-numeric: tabular-nums }
.hb-selectable { user-select: text }
.hb-cut { overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
.hb-unseen {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}

.hb-button {
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; flex: none;
  height: 24px; min-width: 24px; padding: 0 8px; cursor: pointer;
  background: transparent; border: 1px solid transparent; border-radius: var(--hb-radius); color: var(--hb-dim);
}
.hb-button svg { flex: none }
.hb-button:hover { background: var(--hb-hover); color: var(--hb-text) }
.hb-button:active { background: var(--hb-selected) }
.hb-button[aria-pressed="true"], .hb-button[aria-expanded="true"] { background: var(--hb-selected); color: var(--hb-text) }
.hb-button:disabled { opacity: .45; cursor: default; background: transparent }
.hb-button.hb-icon-only { padding: 0 }
.hb-button.hb-outlined { border-color: var(--hb-line-strong); color: var(--hb-text) }

.hb-tabs { display: flex; align-items: stretch; gap: 2px }
.hb-tab {
  position: relative; height: 100%; min-height: 28px; padding: 0 8px; cursor: pointer;
  background: none; border: 0; color: var(--hb-dim);
}
.hb-tab:hover { color: var(--hb-text) }
.hb-tab[aria-selected="true"] { color: var(--hb-text) }
.hb-tab[aria-selected="true"]::after {
  content: ""; position: absolute; inset: auto 8px 0; height: 2px; border-radius: 2px 2px 0 0; background: var(--hb-info);
}

.hb-split { position: relative; flex: none; background: var(--hb-line); touch-action: none; z-index: 2 }
.hb-split::after { content: ""; position: absolute; inset: 0; transition: background var(--hb-motion) }
.hb-split[aria-orientation="vertical"] { width: 1px; cursor: col-resize }
.hb-split[aria-orientation="vertical"]::after { inset: 0 -3px }
.hb-split[aria-orientation="horizontal"] { height: 1px; cursor: row-resize }
.hb-split[aria-orientation="horizontal"]::after { inset: -3px 0 }
.hb-split:hover::after, .hb-split:focus-visible::after, .hb-split[data-dragging]::after { background: var(--hb-info); opacity: .6 }

.hb-menu {
  position: absolute; z-index: 20; min-width: 180px; max-height: 320px; overflow: auto; padding: 4px;
  background: var(--hb-raised); border: 1px solid var(--hb-line-strong); border-radius: 6px;
  box-shadow: 0 8px 24px rgb(0 0 0 / .28);
}
.hb-menu-item {
  display: flex; align-items: center; gap: 8px; width: 100%; height: 26px; padding: 0 8px; cursor: pointer;
  background: none; border: 0; border-radius: var(--hb-radius); text-align: left; white-space: nowrap;
}
.hb-menu-item:hover, .hb-menu-item:focus-visible { background: var(--hb-selected); outline: none }
.hb-menu-item > kbd { margin-left: auto }
.hb-menu-mark { width: 12px; color: var(--hb-info); flex: none }

.hb-note { display: grid; place-content: center; justify-items: center; gap: 8px; height: 100%; padding: 16px; text-align: center; color: var(--hb-dim) }
.hb-note strong { color: var(--hb-text); font-weight: 600; font-size: 13px; line-height: 20px }
.hb-note .hb-row-of-buttons { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px; margin-top: 4px }

.hb-ok { color: var(--hb-ok) } :is(.hb-warn, .hb-gap) { color: var(--hb-warn) } .hb-error { color: var(--hb-error) }
.hb-info { color: var(--hb-info) } .hb-retry { color: var(--hb-retry) } .hb-dead { color: var(--hb-dead) }
.hb-dim { color: var(--hb-dim) } .hb-faint { color: var(--hb-faint) }

@media (prefers-reduced-motion: reduce) {
  .hb-panel *, .hb-panel *::before, .hb-panel *::after { transition: none !important; animation: none !important }
}
@media (forced-colors: active) {
  .hb-tab[aria-selected="true"] { outline: 1px solid Highlight; outline-offset: -1px }
  .hb-split { background: CanvasText }
  .hb-button[aria-pressed="true"] { border-color: Highlight }
}
`
