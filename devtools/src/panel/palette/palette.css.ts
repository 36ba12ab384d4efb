export const paletteCss: string = /* css */ `
.hb-over { position: absolute; z-index: 30; inset: 0; display: flex; justify-content: center; align-items: flex-start; padding: 32px 12px 12px; background: rgb(0 0 0 / .32) }
.hb-palette, .hb-help {
  display: flex; flex-direction: column; width: 100%; max-height: 100%; overflow: hidden;
  background: var(--hb-raised); border: 1px solid var(--hb-line-strong); border-radius: 8px; box-shadow: 0 12px 40px rgb(0 0 0 / .36);
}
.hb-palette { max-width: 560px }
.hb-palette-field { display: flex; align-items: center; gap: 8px; flex: none; height: 40px; padding: 0 12px; color: var(--hb-faint); border-bottom: 1px solid var(--hb-line) }
.hb-palette-field svg { flex: none }
.hb-panel .hb-palette-field input { flex: 1; min-width: 0; padding: 0; font-size: 13px; background: none; border: 0; outline: none; color: var(--hb-text) }
.hb-palette-field input::placeholder { color: var(--hb-faint); opacity: 1 }
.hb-palette-list { flex: 0 1 auto; min-height: 0; max-height: 360px; overflow: auto; padding: 4px }
.hb-palette-group { padding: 8px 8px 4px; font-size: 11px; color: var(--hb-faint) }
.hb-palette-option { display: flex; align-items: center; gap: 8px; height: 26px; padding: 0 8px; border-radius: var(--hb-radius); cursor: pointer }
.hb-palette-option[aria-selected="true"] { background: var(--hb-selected) }
.hb-palette-option kbd { margin-left: auto; flex: none }
.hb-palette-option mark { background: none; color: var(--hb-info); font-weight: 600 }
.hb-panel .hb-palette-note { padding: 8px 12px 12px 32px; color: var(--hb-dim); overflow-wrap: anywhere }

.hb-help { max-width: 860px }
.hb-help-title { display: flex; align-items: center; justify-content: space-between; flex: none; padding: 6px 8px 6px 16px; border-bottom: 1px solid var(--hb-line) }
.hb-help-title h2 { font-size: 13px; font-weight: 600 }
.hb-help-columns { display: grid; grid-template-columns: minmax(0, 9fr) minmax(0, 11fr); gap: 0 24px; padding: 4px 16px 16px; overflow: auto; overscroll-behavior: contain }
.hb-panel .hb-help h3 { padding: 12px 0 4px; font-size: 11px; font-weight: 400; color: var(--hb-faint) }
.hb-panel .hb-help-columns:focus-visible { outline: none }
.hb-help-keys > div { display: flex; align-items: center; gap: 12px; min-height: 24px }
.hb-help-keys dt { display: flex; gap: 4px; flex: none; width: 92px }
.hb-help-keys dd { min-width: 0 }
.hb-help .hb-dim + ul { margin-top: 4px }
.hb-example { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: baseline; gap: 0 12px; width: calc(100% + 16px); padding: 4px 8px; background: none; border: 0; border-radius: var(--hb-radius); text-align: left; cursor: pointer }
.hb-panel .hb-example { margin: 0 -8px }
.hb-example code { color: var(--hb-text); overflow-wrap: anywhere }
.hb-example:hover { background: var(--hb-selected) }
.hb-panel[data-narrow] .hb-help-columns { grid-template-columns: 1fr }
@media (forced-colors: active) { .hb-palette-option[aria-selected="true"] { outline: 1px solid Highlight } }
`
