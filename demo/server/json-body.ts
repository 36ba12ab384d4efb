import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

const TYPES = ['application/json', 'application/cloudevents+json']

/** The body of a request, of at most so many bytes. Rejects with a `Refusal`: `media-type`, `too-large`, `malformed`. */
export async function jsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const { 'content-type': type = '' } = request.headers
  if (!TYPES.includes(type.split(';', 1)[0]!.trim().toLowerCase()))
    throw new Refusal(415, 'media-type', `send ${TYPES.join(' or ')} as content-type`)
  const text = await textOf(request, maxBytes)
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'malformed', 'the body is no JSON')
  }
}

async function textOf(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What is left of the body is not read: the connection ends. */
function tooLarge(limit: number): Refusal {
  const message = `the body is larger than ${limit} bytes`
  return new Refusal(413, 'too-large', message, { headers: { connection: 'close' }, facts: { limit } })
}
