import { expect, test } from 'vitest'
import { Track } from '../src/leader/track.ts'

const at = (offset: number, epoch = 'e'): { epoch: string; offset: string } => ({
  epoch,
  offset: `${offset}`,
})

/** What a tab says of passages, given as where they begin and where they end. */
function followed(...passages: readonly (readonly [number | undefined, number])[]): boolean[] {
  const track = new Track()
  return passages.map(([after, place]) => {
    const misses = track.misses(after === undefined ? undefined : at(after))
    track.moveTo(at(place))
    return misses
  })
}

test('a tab that is new begins wherever the leader is', () => {
  expect(followed([7, 9])).toEqual([false])
  expect(followed([undefined, 9])).toEqual([false])
})

test('what follows what was heard is whole; so is what a new leader hands on again', () => {
  expect(followed([1, 3], [3, 5], [5, 8], [5, 6], [6, 9])).toEqual([false, false, false, false, false])
})

test('what begins beyond what was heard is not', () => {
  expect(followed([1, 3], [4, 5], [5, 6])).toEqual([false, true, false])
})

test('nor is what comes from a leader that does not know where it was, nor from another history', () => {
  expect(followed([1, 3], [undefined, 9])).toEqual([false, true])
  const track = new Track()
  track.moveTo(at(3))
  expect(track.misses(at(3, 'other'))).toBe(true)
})

test('places are forgotten after a while, and then it is not known any more', () => {
  const track = new Track()
  for (let offset = 0; offset < 2_000; offset++) track.moveTo(at(offset))
  expect([track.misses(at(1_500)), track.misses(at(500))]).toEqual([false, true])
})
