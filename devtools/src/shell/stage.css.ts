/** Where the panel stands. In a window of its own it fills that. */
export const stageCss: string = /* css */ `
.hb-stage { position: absolute; inset: 0 }
.hb-dock { position: absolute; inset: auto 0 0; pointer-events: auto; overflow: visible; box-shadow: 0 -2px 16px rgb(0 0 0 / .18) }
.hb-dock[data-dock="right"] { inset: 0 0 0 auto; flex-direction: row; box-shadow: -2px 0 16px rgb(0 0 0 / .18) }
.hb-dock > .hb-panel { flex: 1; width: auto; height: auto }
.hb-report { max-width: 640px; max-height: 120px; margin: 4px 0; overflow: auto; text-align: left; white-space: pre-wrap; user-select: text }
`
