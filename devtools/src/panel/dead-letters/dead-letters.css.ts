export const deadLettersCss: string = /* css */ `
.hb-letters { container: hb-letters / inline-size; display: flex; flex-direction: column; flex: 1; min-height: 0; min-width: 0 }
.hb-letters-bar { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; flex: none; padding: 4px 8px; border-bottom: 1px solid var(--hb-line) }
.hb-letters-search {
  display: flex; align-items: center; gap: 6px; flex: 1 1 160px; max-width: 320px; height: 26px; padding: 0 7px; color: var(--hb-faint);
  background: var(--hb-raised); border: 1px solid var(--hb-line); border-radius: var(--hb-radius);
}
.hb-letters-search:focus-within { border-color: var(--hb-info) }
.hb-letters-search svg { flex: none }
.hb-letters-search input { flex: 1; min-width: 40px; padding: 0; background: none; border: 0; color: var(--hb-text) }
.hb-letters-search input:focus-visible { outline: none }
.hb-letters-search input::placeholder { color: var(--hb-faint); opacity: 1 }
.hb-letters-count { flex: 1; color: var(--hb-dim); white-space: nowrap }
.hb-panel .hb-letters-armed.hb-outlined { color: var(--hb-error); border-color: var(--hb-error); background: var(--hb-error-surface) }
.hb-letters-question { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; flex: none; padding: 4px 12px; background: var(--hb-warn-surface); border-bottom: 1px solid var(--hb-line) }
.hb-letters-question span:first-child { flex: 1 1 200px }
.hb-letters-remark { flex: none; padding: 4px 12px; background: var(--hb-raised); border-bottom: 1px solid var(--hb-line); color: var(--hb-text) }
.hb-letters-remark:empty { display: none }
.hb-panel .hb-letters-none { padding: 12px; color: var(--hb-dim) }

.hb-letters-body { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); flex: 1; min-height: 0 }
.hb-letters-list { display: flex; flex-direction: column; min-height: 0; min-width: 0 }
.hb-letters-detail { display: flex; flex-direction: column; min-height: 0; min-width: 0; border-left: 1px solid var(--hb-line) }
.hb-letter-back { display: none; flex: none; padding: 2px 4px; border-bottom: 1px solid var(--hb-line) }

.hb-letter-line {
  display: flex; flex: 1; align-items: center; gap: 8px; min-width: 0; height: 100%; padding: 0 12px 0 6px;
  border-bottom: 1px solid color-mix(in srgb, var(--hb-line) 50%, transparent);
}
.hb-letter-line[data-level="2"] { padding-left: 26px }
.hb-letter-fold { flex: none; width: 12px; color: var(--hb-dim) }
.hb-letter-fold > span { display: flex; padding: 14px 0; cursor: pointer }
.hb-letter-texts { display: grid; grid-template-columns: minmax(0, 1fr); gap: 2px; flex: 1; min-width: 0 }
.hb-letter-first, .hb-letter-second { display: flex; gap: 8px; min-width: 0 }
.hb-letter-first > :first-child { flex: 1; min-width: 0 }
.hb-letter-second { color: var(--hb-dim) }
.hb-letter-second > .hb-cut { min-width: 24px }
.hb-letter-second time { margin-left: auto; flex: none; font-family: var(--hb-mono) }
.hb-letter-of { padding: 0 6px; border-radius: 8px; background: var(--hb-raised); border: 1px solid var(--hb-line); color: var(--hb-dim); font: 11px/14px var(--hb-mono) }
.hb-letter-count { flex: none; padding: 0 6px; border-radius: 8px; background: color-mix(in srgb, var(--hb-dead) 18%, transparent); color: var(--hb-dead); font: 11px/16px var(--hb-mono) }

.hb-panel .hb-letter { padding: 0 0 16px }
.hb-letter-head { padding: 8px 12px; display: grid; gap: 6px; border-bottom: 1px solid var(--hb-line) }
.hb-letter-head h2 { font-size: 13px; font-weight: 600; overflow-wrap: anywhere }
.hb-letter h3 { padding: 12px 12px 4px; font-size: 12px; font-weight: 600 }
.hb-letter-actions { display: flex; flex-wrap: wrap; gap: 6px 8px }
.hb-letter-plan { color: var(--hb-dim); min-height: 16px }
.hb-letter > .hb-thrown, .hb-letter .hb-steps { margin-left: 12px; margin-right: 12px }
.hb-letter .hb-payload { flex: none }
.hb-letter .hb-payload .hb-scroll { overflow: visible }
.hb-panel .hb-letter-envelope { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 8px 12px 0; border-top: 1px solid var(--hb-line); margin-top: 8px }
.hb-letter-envelope > div { display: flex; gap: 6px; min-width: 0 }
.hb-letter-envelope dt { color: var(--hb-dim) }
.hb-letter-envelope dd { overflow-wrap: anywhere; min-width: 0 }
@container hb-letters (max-width: 560px) {
  .hb-letters-body { grid-template-columns: minmax(0, 1fr) }
  .hb-letters-body:not([data-read]) .hb-letters-detail, .hb-letters-body[data-read] .hb-letters-list { display: none }
  .hb-letters-detail { border-left: 0 }
  .hb-letter-back { display: block }
}
`
