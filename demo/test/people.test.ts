import { expect, test } from '@playwright/test'
import { createPopulation } from '../src/people/population.ts'
import { createRandom } from '../src/random.ts'

function chronicle(seed: number, length: number) {
  const population = createPopulation(seed, createRandom(seed))
  const drafts = Array.from({ length }, () => population.act())
  return { population, drafts }
}

for (const seed of [1, 7, 99]) {
  test(`with seed ${seed}, people sign up, then log in, then do the rest, and nothing once they have left`, () => {
    const { population, drafts } = chronicle(seed, 5_000)
    const known = new Map<string, 'new' | 'at home' | 'gone'>()
    for (const { type, options } of drafts) {
      const id = options?.userId ?? ''
      const expected = { 'user:registered': undefined, 'user:login': expect.stringMatching(/new|at home/) }
      expect(known.get(id), `${id} ${type}`).toEqual(
        type in expected ? expected[type as keyof typeof expected] : 'at home',
      )
      known.set(id, type === 'user:registered' ? 'new' : type === 'user.account.deleted' ? 'gone' : 'at home')
    }
    const present = [...known].filter(([, state]) => state !== 'gone').map(([id]) => id)
    expect([...population.people.keys()].toSorted()).toEqual(present.toSorted())
    expect([...known.values()]).toContain('gone')
    expect(population.people.size).toBeLessThanOrEqual(48)
  })
}

test('a task that is finished belongs to a date that its person has planned before', () => {
  const planned = new Set<string>()
  let finished = 0
  for (const { type, data, options } of chronicle(7, 3_000).drafts) {
    if (type === 'calendar:event_created') planned.add(`${options?.userId} task-${data.event_id}`)
    if (type !== 'task_manager:task_completed') continue
    finished++
    expect(planned.delete(`${options?.userId} ${data.task_id}`)).toBe(true)
  }
  expect(finished).toBeGreaterThan(50)
})

test('a reset carries an id and no token, and birth data never travel', () => {
  const { drafts } = chronicle(7, 2_000)
  const fields = (wanted: string): string[] => [
    ...new Set(drafts.filter(({ type }) => type === wanted).flatMap(({ data }) => Object.keys(data))),
  ]
  expect(fields('password.reset.requested').toSorted()).toEqual(['reset_id', 'user_id'])
  expect(fields('user.birth_data.updated')).toEqual(['changed'])
})
