export const overviewCss: string = /* css */ `
.hb-overview {
  position: relative; flex: none; height: 40px; background: var(--hb-raised);
  border-bottom: 1px solid var(--hb-line); cursor: crosshair; touch-action: none;
}
.hb-overview canvas { position: absolute; inset: 0; width: 100%; height: 100% }
.hb-overview-hover {
  position: absolute; inset: 0 auto; width: 1px; background: var(--hb-dim); pointer-events: none;
}
.hb-overview-label {
  position: absolute; top: 2px; padding: 0 4px; border-radius: 3px; pointer-events: none; white-space: nowrap;
  font: 11px/14px var(--hb-mono); color: var(--hb-text); background: var(--hb-raised); border: 1px solid var(--hb-line-strong);
}
.hb-panel .hb-overview-choose {
  position: absolute; left: 8px; top: 8px; height: 24px; padding: 0 8px; opacity: 0; pointer-events: none;
  background: var(--hb-raised); border: 1px solid var(--hb-line-strong); border-radius: var(--hb-radius);
}
.hb-panel .hb-overview-choose:focus-visible { opacity: 1 }
.hb-brush {
  position: absolute; inset: 0 auto; cursor: grab; border: solid var(--hb-info); border-width: 0 1px;
  background: color-mix(in srgb, var(--hb-info) 14%, transparent);
}
.hb-brush-edge { position: absolute; inset: 0 auto; width: 9px; cursor: ew-resize }
.hb-brush-edge:first-child { left: -5px } .hb-brush-edge:last-child { right: -5px }
@media (forced-colors: active) { .hb-brush { border-color: Highlight } }
`
