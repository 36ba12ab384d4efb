import { Observable, type Subject } from 'rxjs'

/** The patterns that `wanted` tells: now, and after changes, told once per task however many there were. */
export function interestIn(
  wanted: () => readonly string[],
  changes$: Subject<void>,
): Observable<readonly string[]> {
  return new Observable((subscriber) => {
    let told = true
    const tell = (): void => {
      told = true
      subscriber.next(wanted())
    }
    tell()
    return changes$.subscribe(() => {
      if (told) queueMicrotask(tell)
      told = false
    })
  })
}
