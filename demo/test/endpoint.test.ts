import { expect } from '@playwright/test'
import { test } from './station.ts'

const storm = {
  type: 'cosmic.solar_storm.detected',
  data: { at: '2026-01-01T00:00:00Z', kp_index: 7, severity: 'G3' },
}
const cloudEvent = { specversion: '1.0', id: 'a-1', source: 'https://noaa.example/kp', ...storm }

test('another system publishes an event, which is logged, and answered like any other', async ({
  station,
}) => {
  const response = await station.post(storm)
  expect(response.status).toBe(202)
  expect(await response.json()).toMatchObject({ type: storm.type, source: 'http' })
  await expect
    .poll(() => station.logged())
    .toEqual([storm.type, 'synthesis.triggered', 'synthesis.completed', 'synthesis.updated'])
})

test('a CloudEvent that comes twice is published once, and keeps its source, user and trace', async ({
  station,
}) => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const event = { ...cloudEvent, userid: 'u1', traceparent }
  const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' }
  const first = await (await station.post(event, headers)).json()
  expect(await (await station.post(event, headers)).json()).toEqual(first)
  const other = await (await station.post({ ...event, id: 'a-2' }, headers)).json()
  expect(other).not.toEqual(first)
  await expect
    .poll(() =>
      station.query('SELECT source, user_id, traceparent FROM events_log WHERE type = ?', storm.type),
    )
    .toEqual([1, 2].map(() => ({ source: cloudEvent.source, user_id: 'u1', traceparent })))
})

const refusals: readonly (readonly [
  what: string,
  status: number,
  code: string,
  body: unknown,
  headers?: Readonly<Record<string, string>>,
])[] = [
  ['without a token', 401, 'unauthenticated', storm, { authorization: '' }],
  ['with another token', 401, 'unauthenticated', storm, { authorization: 'Bearer nonsense' }],
  ['that is no JSON', 400, 'malformed', '{"type":'],
  ['that has no type', 400, 'malformed', { data: storm.data }],
  ['that has a member too many', 400, 'malformed', { ...storm, id: 'x' }],
  ['of another version of CloudEvents', 400, 'malformed', { ...cloudEvent, specversion: '0.3' }],
  ['of an unknown type', 422, 'topic-unknown', { type: 'cosmic.solar_storm.detectd', data: storm.data }],
  ['of a type of the bus itself', 422, 'topic-invalid', { type: '$bus.closed' }],
  ['of a pattern', 422, 'topic-invalid', { type: 'cosmic.*' }],
  ['whose data does not fit', 422, 'payload-invalid', { ...storm, data: { kp_index: 12 } }],
  ['that is too large', 413, 'too-large', { ...storm, data: 'x'.repeat(65_536) }],
  ['of another media type', 415, 'media-type', storm, { 'content-type': 'text/plain' }],
]

test('what can’t be published is refused with a code, and leaves no trace in the log', async ({
  station,
}) => {
  for (const [what, status, code, body, headers] of refusals)
    await test.step(`an event ${what}`, async () => {
      const response = await station.post(body, headers)
      expect(response.status).toBe(status)
      expect(await response.json()).toMatchObject({ error: { code, message: expect.any(String) } })
    })
  const { error } = await (await station.post({ type: 'cosmic.solar_storm.detectd' })).json()
  expect(error.message).toContain('did you mean "cosmic.solar_storm.detected"?')
  expect(error.known).toContain(storm.type)
  expect(await station.end('SIGINT')).toBe(0)
  expect(station.logged()).toEqual([])
})

test('who sends too much is told when to come again', async ({ station }) => {
  const responses = await Promise.all(Array.from({ length: 200 }, () => station.post({ type: 'a.b' })))
  const refused = responses.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThanOrEqual(100)
  expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(await refused[0]!.json()).toMatchObject({ error: { code: 'too-many' } })
})

test('the ground station answers to its own names alone, and knows only the files of the page', async ({
  station,
  request,
}) => {
  const answer = await request.get('/station.json', { headers: { host: 'elsewhere.example' } })
  expect(answer.status()).toBe(421)
  expect((await answer.json()).error.code).toBe('host-unknown')
  for (const path of ['/..%2fpackage.json', '/server/main.ts', '/nothing'])
    expect((await fetch(station.url + path)).status).toBe(404)
  expect((await fetch(station.url)).headers.get('content-type')).toContain('text/html')
  const cable = await request.post('/station/cable', { data: { isCut: true } })
  expect(cable.status()).toBe(401)
})
