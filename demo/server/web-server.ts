import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Refusal } from './refusal.ts'
import { replyError } from './reply.ts'

/** Answers a request, or throws a `Refusal`. */
type Route = (request: IncomingMessage, response: ServerResponse) => unknown

/** By method and path: `POST /events`. */
export type Routes = Readonly<Record<string, Route>>

/** A server on the loopback address. Rejects when the port is taken; port 0 is a free one. */
export async function listen(port: number): Promise<Server> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

export function portOf(server: Server): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens to TCP has one
  return (server.address() as AddressInfo).port
}

/** Serves routes; what none of them takes goes to `rest`, which says whether it has answered. */
export function serve(
  server: Server,
  routes: Routes,
  rest: (path: string, response: ServerResponse) => boolean,
): void {
  const answer: Route = async (request, response) => {
    requireOwnName(request)
    const { method = 'GET', url = '/' } = request
    const path = url.split('?', 1)[0]!
    const route = routes[`${method} ${path}`]
    if (route !== undefined) return route(request, response)
    if (['GET', 'HEAD'].includes(method) && rest(path, response)) return undefined
    throw new Refusal(404, 'unknown', `there is no ${method} ${path}`)
  }
  server.on('request', (request, response) => {
    void (async () => answer(request, response))().catch((error: unknown) => replyError(response, error))
  })
}

const names = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/** Else a page of elsewhere whose name leads here could ask for what is meant for the pages of this server. */
function requireOwnName({ headers: { host = '' } }: IncomingMessage): void {
  if (!names.test(host)) throw new Refusal(421, 'host-unknown', `this is not ${host}`)
}

/** Ends what is under way, too. */
export function shut(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
