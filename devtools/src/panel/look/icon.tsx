import type { ReactNode } from 'react'

// Drawn on a grid of 16, in lines of 1.5: one hand for all of them.
const paths = {
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.2v9.6l7.6-4.8z',
  record: 'M8 4.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 1 0 0-7.6z',
  clear: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM4.2 4.2l7.6 7.6',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM10.3 10.3l3.2 3.2',
  close: 'M4 4l8 8M12 4l-8 8',
  command: 'M3 4.5l4 3.5-4 3.5M8.5 12H13',
  dockBottom: 'M2.5 3h11v10h-11zM2.5 9.5h11',
  dockRight: 'M2.5 3h11v10h-11zM9.5 3v10',
  popOut: 'M9 3h4v4M13 3L8 8M11 9.5V13H3V5h3.5',
  popIn: 'M13 3L8.5 7.5M8.5 4v3.5H12M11 9.5V13H3V5h3.5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  chevronRight: 'M6 3.5L10.5 8L6 12.5',
  chevronDown: 'M3.5 6L8 10.5L12.5 6',
  up: 'M8 13V3.5M4 7.5l4-4 4 4',
  down: 'M8 3v9.5M4 8.5l4 4 4-4',
  bookmark: 'M4.5 2.5h7v11L8 10.8l-3.5 2.7z',
  copy: 'M5.5 5.5h7.5V13H5.5zM3 10.5V3h7.5',
  save: 'M8 2.5v7.5M4.8 7L8 10.2L11.2 7M3 13h10',
  open: 'M2.5 12.5v-9h4l1.5 2h5.5v7z',
  tree: 'M3 3h4M3 3v9.5h4M3 7.8h4M9.5 3H13M9.5 7.8H13M9.5 12.5H13',
  sidebar: 'M2.5 3h11v10h-11zM10 3v10',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6zM8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  moon: 'M12.8 9.6A5.3 5.3 0 0 1 6.4 3.2a5.3 5.3 0 1 0 6.4 6.4z',
  filter: 'M2.5 3.5h11L9.3 8.6v4.2l-2.6-1.5V8.6z',
  unfold: 'M4.5 6L8 2.5L11.5 6M4.5 10L8 13.5L11.5 10',
  fold: 'M4.5 2.5L8 6L11.5 2.5M4.5 13.5L8 10L11.5 13.5',
  path: 'M2.5 4h3.5M6 4v8h3.5M6 8h3.5M11.5 8h2M11.5 12h2',
  check: 'M3.5 8.5l3 3 6-7',
} as const

export type IconName = keyof typeof paths

interface Props {
  readonly name: IconName
  readonly size?: number
  readonly filled?: boolean
}

/** A picture of 16 px beside, or in place of, a label; always hidden from screen readers. */
export function Icon({ name, size = 16, filled = false }: Props): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
