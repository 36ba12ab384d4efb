import { bridge, createBus, systemClock } from '@heliobus/core'
import { catalog } from '../../src/catalog/catalog.ts'
import { startModule } from '../../src/modules/modules.ts'
import type { MailService } from '../../src/services/mail-service.ts'
import { answerOver } from './answer-over.ts'
import { answerOf } from './answers.ts'
import type { GroupAnswer, GroupQuestion, WorkerReport, WorkerTask } from './messages.ts'
import { reportOf } from './report-of.ts'
import { tellingSettled } from './settled.ts'
import { streamsOf } from './streams.ts'
import { tellOfLetter } from './tell-of-letter.ts'

/** One replica of a service, at work. */
export interface Worker {
  report(): Promise<WorkerReport>
  answer(question: GroupQuestion): Promise<GroupAnswer>
  /** Gives the dead letters of its group to their handlers once more. */
  redrive(): Promise<unknown>
  /** Ends what was begun, and hands its shards on. */
  close(): Promise<void>
}

/** `handled` is told of each event before Redis is. */
export async function openWorker(
  { service, ...place }: WorkerTask,
  mail: MailService,
  handled: (id: string) => Promise<void>,
): Promise<Worker> {
  // What a group handles is published on another bus than it is handled on: else it would be handled here, and elsewhere too.
  const speaking = createBus({ catalog, source: service })
  const hearing = createBus({ catalog, source: service })
  const answer = answerOver(speaking)
  const module = startModule(service, hearing, { clock: systemClock, mail, isOnlyPlace: true, answer })

  const group = streamsOf(place, service)
  let redelivered = 0
  group.signals$.subscribe((signal) => {
    if (signal.type === 'redelivered') redelivered += signal.count
    if (signal.type === 'buried') tellOfLetter(speaking, service, signal.letter)
  })
  const topics = [...catalog].map(({ type }) => type)
  const speaks = await bridge(speaking, streamsOf(place), { send: topics })
  const hears = await bridge(hearing, tellingSettled(group, handled), { send: [] })
  return {
    report: async () => reportOf(group, module, redelivered, await group.inspect()),
    answer: (question) => answerOf(group, question),
    redrive: () => group.deadLetters.redrive({}),
    async close() {
      await hears.close()
      await speaks.close()
    },
  }
}
