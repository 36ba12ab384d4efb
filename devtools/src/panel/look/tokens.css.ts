/** Colours and measures. Hues are OKLCH .80/.105 on dark and .47/.115 on light, 30° apart, frozen as hex. */
export const tokensCss: string = /* css */ `
.hb-panel {
  --hb-ui: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  --hb-mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  --hb-row: 22px;
  --hb-radius: 4px;
  --hb-motion: 120ms;
}
.hb-panel[data-rows="comfortable"] { --hb-row: 28px }
.hb-panel[data-rows="roomy"] { --hb-row: 40px }
.hb-panel[data-theme="dark"] {
  color-scheme: dark;
  --hb-surface: #0e1116; --hb-raised: #161b22; --hb-selected: #1d2b3f; --hb-hover: #1b2129;
  --hb-line: #262d37; --hb-line-strong: #3a4350;
  --hb-text: #e6eaf0; --hb-dim: #9aa4b2; --hb-faint: #7a8494;
  --hb-ok: #4cc38a; --hb-warn: #f0b429; --hb-error: #ff7b72; --hb-info: #6cb6ff; --hb-retry: #c297ff; --hb-dead: #ff8ac0;
  --hb-warn-surface: #2b2410; --hb-error-surface: #2d1a1c;
  --hb-hue-0: #faa2a8; --hb-hue-1: #f7a885; --hb-hue-2: #e5b46e; --hb-hue-3: #c8c26f; --hb-hue-4: #a0cd88; --hb-hue-5: #77d3ad;
  --hb-hue-6: #5ed3d3; --hb-hue-7: #6bccf1; --hb-hue-8: #8fc1ff; --hb-hue-9: #b6b4ff; --hb-hue-10: #d7a9ec; --hb-hue-11: #efa2cd;
}
.hb-panel[data-theme="light"] {
  color-scheme: light;
  --hb-surface: #ffffff; --hb-raised: #f6f7f9; --hb-selected: #e4eefb; --hb-hover: #eef1f5;
  --hb-line: #e1e5ea; --hb-line-strong: #c3cad3;
  --hb-text: #16191d; --hb-dim: #4f5966; --hb-faint: #6b7683;
  --hb-ok: #187a4a; --hb-warn: #8a5a00; --hb-error: #c4262e; --hb-info: #0b62c4; --hb-retry: #7338c9; --hb-dead: #b0236f;
  --hb-warn-surface: #fdf3dc; --hb-error-surface: #fdeaea;
  --hb-hue-0: #903b46; --hb-hue-1: #8e421b; --hb-hue-2: #7f4f00; --hb-hue-3: #655d00; --hb-hue-4: #3c681e; --hb-hue-5: #006e4a;
  --hb-hue-6: #006d6f; --hb-hue-7: #00668b; --hb-hue-8: #285b9a; --hb-hue-9: #554f98; --hb-hue-10: #734487; --hb-hue-11: #863d69;
}
${Array.from({ length: 12 }, (_, hue) => `.hb-panel [data-hue="${hue}"] { --hb-hue: var(--hb-hue-${hue}) }`).join('\n')}
`
