/** A client library, as this package needs it: it opens sessions, and each of them ends once. `nodeRedis` and `ioRedis` make one. */
export interface RedisClient {
  /** What errors and logs call it. */
  readonly name: string
  readonly isCluster: boolean
  /**
   * A session for commands; in a cluster it reaches every node. `ended` is called, once or more, when it is over, and never
   * before `open` has returned.
   */
  open(ended: (reason: unknown) => void): RedisSession
  /** A session that hears a channel: of the one server, or a sharded one of the node where the channel lives. */
  subscribe(channel: string, hear: (message: string) => void, ended: (reason: unknown) => void): RedisSession
}

/** A connection of its own, which neither comes back nor sends anything twice. */
export interface RedisSession {
  /** Resolves when it can be used, and is subscribed if that was asked for. Rejects if that can't be. */
  readonly ready: Promise<unknown>
  /**
   * Sends one command; those of one task go together. `key` says which node of a cluster it is for. Texts are UTF-8; the
   * replies are those of RESP 2.
   */
  send(command: RedisCommand, key?: string): Promise<unknown>
  /** At once: what is unanswered is not waited for. Twice is fine. */
  end(): void
}

/** The name of a command, and its arguments. */
export type RedisCommand = readonly [name: string, ...rest: string[]]

/** What Redis answers, in RESP 2. */
export type RedisReply = string | number | null | readonly RedisReply[]
