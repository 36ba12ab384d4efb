/** As small as the browser can make it. */
export function zipped(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array> {
  return 'CompressionStream' in globalThis ? bytes.pipeThrough(new CompressionStream('gzip')) : bytes
}

/** What is in a file, whether it was zipped or not. */
export async function unzipped(file: Blob): Promise<ReadableStream<Uint8Array>> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isZipped = first === 0x1f && second === 0x8b
  return isZipped ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
}
