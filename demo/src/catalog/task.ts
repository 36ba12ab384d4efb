import { defineEvent } from '@heliobus/core'
import * as z from 'zod'

export const TaskCreated = defineEvent('task_manager:task_created', {
  data: z.object({ user_id: z.string(), task_id: z.string(), title: z.string() }),
  summary: 'There is something to do',
  trigger: 'Written down by a user, or made from a calendar event',
  producer: 'task_manager',
  consumers: { analytics: 'counts open tasks' },
  examples: [{ user_id: 'u7-1', task_id: 'task-7-4', title: 'Prepare for 2026-01-21' }],
})

export const TaskCompleted = defineEvent('task_manager:task_completed', {
  data: z.object({ user_id: z.string(), task_id: z.string() }),
  summary: 'A task is done',
  trigger: 'Its user ticked it off',
  producer: 'task_manager',
  consumers: { task_manager: 'takes it off the list', notification: 'congratulates' },
  examples: [{ user_id: 'u7-1', task_id: 'task-7-4' }],
})

export const CalendarEventCreated = defineEvent('calendar:event_created', {
  data: z.object({ user_id: z.string(), event_id: z.string(), date: z.iso.date() }),
  summary: 'A date was put into the calendar',
  trigger: 'The calendar form was saved',
  producer: 'calendar',
  consumers: { task_manager: 'makes a task to prepare for it' },
  examples: [{ user_id: 'u7-1', event_id: 'date-7-6', date: '2026-01-21' }],
})
