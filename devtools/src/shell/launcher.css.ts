/**
 * The host covers the page and lets everything through but its children. `!important` beats the page's own rules here.
 * The number is for browsers without a top layer.
 */
export const launcherCss: string = /* css */ `
:host {
  all: initial !important; position: fixed !important; inset: 0 !important; display: block !important;
  width: auto !important; height: auto !important; overflow: visible !important; margin: 0 !important;
  padding: 0 !important; border: 0 !important; background: none !important;
  pointer-events: none !important; z-index: 2147483647 !important;
}
.launcher {
  position: absolute; display: flex; align-items: center; gap: 6px; box-sizing: border-box;
  min-width: 36px; height: 36px; margin: 0; padding: 0 9px; cursor: pointer; pointer-events: auto;
  font: 600 12px/16px system-ui, sans-serif;
  color: #4f5966; background: #fff; border: 1px solid #c3cad3; border-radius: 18px; box-shadow: 0 2px 10px rgb(0 0 0 / .16);
}
.launcher[hidden] { display: none }
.launcher svg { display: block; color: #0b62c4 }
.launcher span { color: #c4262e }
.launcher span:empty { display: none }
.launcher:hover { background: #eef1f5 }
.launcher:focus-visible { outline: 2px solid #0b62c4; outline-offset: 2px }
.launcher[data-at*=bottom] { bottom: 12px } .launcher[data-at*=top] { top: 12px }
.launcher[data-at*=right] { right: 12px } .launcher[data-at*=left] { left: 12px }
@media (prefers-color-scheme: dark) {
  .launcher { color: #9aa4b2; background: #161b22; border-color: #3a4350; box-shadow: 0 2px 10px rgb(0 0 0 / .4) }
  .launcher svg { color: #6cb6ff } .launcher span { color: #ff7b72 }
  .launcher:hover { background: #1b2129 } .launcher:focus-visible { outline-color: #6cb6ff }
}
@media print { :host { display: none !important } }
`
