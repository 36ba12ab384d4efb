import type { ServerResponse } from 'node:http'
import { Refusal } from './refusal.ts'

/** Answers with JSON, which nobody keeps. */
export function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  })
  response.end(`${JSON.stringify(body)}\n`)
}

/** Answers with what went wrong. What is no `Refusal` is a fault in here, whose words are not for others. */
export function replyError(response: ServerResponse, error: unknown): void {
  const { status, code, message, facts, headers } =
    error instanceof Refusal ? error : new Refusal(500, 'failed', 'the ground station could not do it')
  reply(response, status, { error: { code, message, ...facts } }, headers)
}
