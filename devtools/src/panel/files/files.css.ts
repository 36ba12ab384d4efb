export const filesCss: string = /* css */ `
.hb-drop {
  position: absolute; inset: 0; z-index: 30; display: grid; place-content: center; pointer-events: none;
  background: color-mix(in srgb, var(--hb-surface) 88%, transparent); font-size: 13px; line-height: 20px;
  outline: 2px dashed var(--hb-info); outline-offset: -8px;
}
`
