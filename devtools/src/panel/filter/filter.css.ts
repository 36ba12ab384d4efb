export const filterCss: string = /* css */ `
.hb-filter {
  display: flex; align-items: center; gap: 6px; height: 24px; padding: 0 6px; color: var(--hb-faint);
  background: var(--hb-surface); border: 1px solid var(--hb-line-strong); border-radius: var(--hb-radius);
}
.hb-filter svg { flex: none }
.hb-filter[data-filled] > svg { color: var(--hb-info) }
.hb-filter:focus-within { border-color: var(--hb-info) }
.hb-filter kbd { flex: none }
.hb-filter .hb-button { height: 20px; min-width: 20px; margin-right: -4px }
.hb-filter-count { flex: none; color: var(--hb-dim); font-variant-numeric: tabular-nums }
.hb-filter-field { position: relative; flex: 1; min-width: 0; height: 22px }
.hb-filter-text, .hb-panel .hb-filter-input {
  position: absolute; inset: 0; width: 100%; margin: 0; padding: 0 2px; border: 0; overflow: hidden; white-space: pre;
  font: 12px/22px var(--hb-mono); letter-spacing: 0; text-align: left;
}
.hb-filter-text { color: var(--hb-text); pointer-events: none }
.hb-panel .hb-filter-input { height: 22px; background: transparent; color: transparent; caret-color: var(--hb-text); outline: none }
.hb-filter-input::placeholder { color: var(--hb-faint); opacity: 1 }
.hb-panel .hb-filter-input::selection { color: transparent; background: color-mix(in srgb, var(--hb-info) 35%, transparent) }
.hb-filter [data-piece="field"] { color: var(--hb-info) }
.hb-filter [data-piece="sign"] { color: var(--hb-warn) }
.hb-filter [data-piece="regex"] { color: var(--hb-retry) }
.hb-filter [data-piece="value"], .hb-filter [data-piece="text"] { color: var(--hb-text) }
.hb-filter-text :is([data-piece="field"], [data-piece="value"], [data-piece="text"], [data-piece="regex"]) {
  background: var(--hb-selected); box-shadow: 0 0 0 2px var(--hb-selected); border-radius: 1px;
}
.hb-filter [data-faulty] { text-decoration: underline wavy var(--hb-error); text-underline-offset: 3px }
.hb-filter-options, .hb-filter-faults {
  position: absolute; z-index: 20; top: 27px; left: -8px; min-width: min(300px, 100%); max-width: 520px; padding: 4px;
  background: var(--hb-raised); border: 1px solid var(--hb-line-strong); border-radius: 6px; box-shadow: 0 8px 24px rgb(0 0 0 / .28);
}
.hb-filter-options { max-height: 238px; overflow: auto; font-family: var(--hb-mono) }
.hb-filter-option {
  display: flex; align-items: center; gap: 16px; height: 22px; padding: 0 8px; border-radius: var(--hb-radius); cursor: pointer;
}
.hb-filter-option:hover { background: var(--hb-hover) }
.hb-filter-option[aria-selected="true"] { background: var(--hb-selected) }
.hb-filter-option-count { margin-left: auto; color: var(--hb-dim); font-variant-numeric: tabular-nums }
.hb-filter-faults { padding: 6px 10px; color: var(--hb-dim) }
.hb-filter-faults p { display: flex; gap: 8px }
.hb-filter-faults code { white-space: pre }
.hb-filter-faults code { color: var(--hb-text) }
@media (forced-colors: active) {
  .hb-filter-text { visibility: hidden }
  .hb-panel .hb-filter-input { color: FieldText }
  .hb-filter-option[aria-selected="true"] { outline: 1px solid Highlight }
}
`
