import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { CalendarEventCreated, TaskCompleted, TaskCreated } from '../catalog/task.ts'
import { answer } from './answer.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(CalendarEventCreated, TaskCreated, TaskCompleted)

/** Makes tasks of dates in the calendar. */
export function startTaskManager(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('task_manager', speaks)
  let made = 0
  let done = 0

  bus.subscribe(CalendarEventCreated, (event) => {
    made++
    const { user_id, event_id, date } = event.data
    const task = { user_id, task_id: `task-${event_id}`, title: `Prepare for ${date}` }
    answer(event, (options) => bus.publish(TaskCreated(task, options)))
  })
  bus.subscribe(TaskCompleted, () => done++)

  return { scope: bus, stateLine: () => `${made} made · ${done} done` }
}
