/** A window that the devtools have opened. */
export type OwnWindow = Window & typeof globalThis

interface Size {
  readonly width: number
  readonly height: number
}

interface PictureInPicture {
  requestWindow(size: Size): Promise<OwnWindow>
}

/** The page's way to open a window that stays above others; not every browser has one. */
export function pictureInPicture(page: Window): PictureInPicture | undefined {
  const api: unknown = Reflect.get(page, 'documentPictureInPicture')
  return isPictureInPicture(api) ? api : undefined
}

function isPictureInPicture(api: unknown): api is PictureInPicture {
  return typeof api === 'object' && api !== null && 'requestWindow' in api
}

/** An empty window; `undefined` when the browser doesn't let the page have one. */
export function openPopUp(page: Window, { width, height }: Size): OwnWindow | undefined {
  try {
    const opened = page.open('', '', `popup,width=${width},height=${height}`)
    // A window is its own global scope, which the type of `open` doesn't say.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return (opened ?? undefined) as OwnWindow | undefined
  } catch {
    return undefined
  }
}
