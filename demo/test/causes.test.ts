import { expect } from '@playwright/test'
import type { BusEvent } from '@heliobus/core'
import { test } from './tab.ts'

/** Each event with the type of what caused it, oldest first. */
function links(events: readonly BusEvent[]): string[] {
  const types = new Map(events.map(({ id, type }) => [id, type]))
  return events.map(({ type, causationId }) => `${types.get(causationId ?? '') ?? 'nothing'} → ${type}`)
}

const synthesis = ['synthesis.triggered → synthesis.completed', 'synthesis.completed → synthesis.updated']

test('a storm and all that follows from it are one flow, each event caused by the one before', async ({
  open,
}) => {
  const [tab, other] = [await open(), await open()]
  await tab.storm()
  const state = tab.module('synthesis').getByTestId('state')
  await expect(state).toHaveText('memory valid · edition 1')
  const events = await tab.events()
  expect(links(events)).toEqual([
    'nothing → cosmic.solar_storm.detected',
    'cosmic.solar_storm.detected → synthesis.triggered',
    ...synthesis,
  ])
  expect(new Set(events.map(({ correlationId }) => correlationId))).toEqual(new Set([events[0]?.id]))

  // The other tab knows the same causes.
  await expect(other.module('synthesis').getByTestId('state')).toHaveText('memory valid · edition 1')
  expect(links(await other.events())).toEqual(links(events))
})

test('new birth data do the same, and the profile is calculated beside it', async ({ open }) => {
  const tab = await open()
  const observatory = await tab.observatory()
  await observatory.evaluate(({ bus }) =>
    bus.publish('user.birth_data.updated', { changed: ['time'] }, { userId: 'u7-1' }),
  )
  await expect(tab.module('synthesis').getByTestId('state')).toHaveText('memory valid · edition 1')
  expect(links(await tab.events())).toEqual([
    'nothing → user.birth_data.updated',
    'user.birth_data.updated → synthesis.triggered',
    'user.birth_data.updated → module.profile.calculated',
    ...synthesis,
  ])
})

test('somebody who forgot a password gets a mail, which knows what it answers', async ({ open }) => {
  const tab = await open()
  await tab.forgetPasswords(1)
  await expect(tab.module('email').getByTestId('state')).toHaveText('0 welcomes · 1 resets')
  expect(links(await tab.events())).toEqual([
    'nothing → password.reset.requested',
    'password.reset.requested → email.sent',
  ])
})
