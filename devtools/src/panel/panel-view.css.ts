export const panelViewCss: string = /* css */ `
.hb-body { display: flex; flex: 1; min-height: 0; min-width: 0 }
.hb-side { flex: none; min-width: 0; overflow: hidden; display: flex; flex-direction: column }
.hb-main { flex: 1; min-width: 0; min-height: 0; display: flex; flex-direction: column; position: relative }
.hb-main:focus-visible, .hb-body:focus-visible { outline: none } /* they hold the keyboard for a part that comes */
.hb-message {
  display: flex; align-items: center; gap: 8px; padding: 4px 4px 4px 12px; flex: none;
  background: var(--hb-warn-surface); border-bottom: 1px solid var(--hb-line);
}
.hb-message span { flex: 1 }
.hb-narrow-tabs { flex: none; padding: 0 4px; border-bottom: 1px solid var(--hb-line) }
`
