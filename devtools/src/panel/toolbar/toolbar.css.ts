export const toolbarCss: string = /* css */ `
.hb-toolbar {
  display: flex; align-items: center; gap: 2px; flex: none; min-height: 32px; padding: 0 4px;
  background: var(--hb-raised); border-bottom: 1px solid var(--hb-line);
}
.hb-toolbar-filter { flex: 1; min-width: 120px; margin: 0 4px }
.hb-toolbar-line { width: 1px; height: 16px; margin: 0 4px; background: var(--hb-line-strong) }
.hb-recording { color: var(--hb-error) }
.hb-recording:hover { color: var(--hb-error) }
.hb-panel[data-narrow] .hb-toolbar { flex-wrap: wrap }
.hb-panel[data-narrow] .hb-toolbar .hb-tabs { order: 1; flex-basis: 100% }
.hb-panel[data-narrow] .hb-toolbar-line { display: none }
.hb-panel[data-narrow] .hb-toolbar-filter { order: 1; flex-basis: 100%; margin: 0 0 4px }
.hb-panel[data-narrow] .hb-toolbar-room { flex: 1 }
`
