import type { GroupQuestion } from '../tap-wire/group-frames.ts'
import type { ViewerFrame } from '../tap-wire/frames.ts'
import type { GroupDesk, Rights } from './group-desk.ts'

/** Questions of one viewer that wait for the store. */
const MOST_ASKED = 20

const answers: Readonly<Record<GroupQuestion['type'], string>> = {
  groups: 'groups',
  letters: 'letters',
  'pull-letter': 'payload',
  parked: 'parked',
  act: 'acted',
}

export function isAboutGroups(frame: ViewerFrame): frame is GroupQuestion {
  return Object.hasOwn(answers, frame.type)
}

/** What one viewer asks about groups. */
export class GroupTalk {
  readonly #desk: GroupDesk
  readonly #socket: { send(frame: object): void }
  readonly #rights: () => Rights
  #asked = 0

  constructor(desk: GroupDesk, socket: { send(frame: object): void }, rights: () => Rights) {
    this.#desk = desk
    this.#socket = socket
    this.#rights = rights
  }

  /** `isFull`: too much waits for this viewer already. */
  take(question: GroupQuestion, isFull: boolean): void {
    if (isFull || this.#asked >= MOST_ASKED)
      return this.#send(question, { missing: 'too much was asked for at once' })
    this.#asked++
    void this.#desk.answer(question, this.#rights()).then((facts) => {
      this.#asked--
      this.#send(question, facts)
    })
  }

  #send({ type, request }: GroupQuestion, facts: object): void {
    this.#socket.send({ type: answers[type], request, ...facts })
  }
}
