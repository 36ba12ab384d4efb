/** Resolves in the task after next: all promises that could settle have settled, those of a memory mesh included. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
