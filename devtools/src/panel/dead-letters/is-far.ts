import type { ListedLetter } from '../../model/listed-letter.ts'
import type { FarLetter } from '../../remote/far-letters.ts'

/** Whether it is of a consumer group: those of the bus have none. */
export function isFar(letter: ListedLetter): letter is FarLetter {
  return letter.group !== undefined
}
