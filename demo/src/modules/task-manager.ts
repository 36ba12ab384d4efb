import { defineCatalog, handles, type HandlerContext, register } from '@heliobus/core'
import type { ObservatoryBus, ObservatoryEvent } from '../catalog/catalog.ts'
import { CalendarEventCreated, TaskCompleted, TaskCreated } from '../catalog/task.ts'
import { answer } from './answer.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(CalendarEventCreated, TaskCreated, TaskCompleted)

/** Makes tasks of dates in the calendar. */
class TaskManager {
  #made = 0
  #done = 0

  get stateLine(): string {
    return `${this.#made} made · ${this.#done} done`
  }

  @handles(CalendarEventCreated)
  makeTask(event: ObservatoryEvent<'calendar:event_created'>, context: HandlerContext): void {
    this.#made++
    const { user_id, event_id, date } = event.data
    answer(
      event,
      context,
      TaskCreated({ user_id, task_id: `task-${event_id}`, title: `Prepare for ${date}` }),
    )
  }

  @handles(TaskCompleted)
  tickOff(): void {
    this.#done++
  }
}

export function startTaskManager(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('task_manager', speaks)
  const tasks = new TaskManager()
  register(bus, tasks)
  return { scope: bus, stateLine: () => tasks.stateLine }
}
