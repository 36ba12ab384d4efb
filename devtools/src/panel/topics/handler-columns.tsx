import type { SubscriptionInfo } from '@heliobus/core'
import { Count, Failures } from './cells.tsx'
import type { Column } from './column.ts'

/** Of those who take events of a bus. `onOpen` shows the events that a handler took. */
export function handlerColumns(onOpen: (name: string) => void): readonly Column<SubscriptionInfo>[] {
  return [
    {
      id: 'name',
      title: 'Handler',
      hint: 'Name of the subscription',
      width: 180,
      grows: true,
      isText: true,
      sortBy: ({ name }) => name,
      cell: ({ name }) => (
        <td title={name}>
          <button
            type="button"
            className="hb-table-name"
            title="Show its events"
            onClick={() => onOpen(name)}
          >
            {name}
          </button>
        </td>
      ),
    },
    {
      id: 'patterns',
      title: 'Takes',
      hint: 'Patterns of topics',
      width: 160,
      grows: true,
      isText: true,
      sortBy: ({ patterns }) => patterns.join(' '),
      cell: ({ patterns }) => (
        <td className="hb-table-text" title={patterns.join('\n')}>
          {patterns.join(' ')}
        </td>
      ),
    },
    {
      id: 'scope',
      title: 'Scope',
      hint: 'Who subscribed; a bridge carries events on, and handles none',
      width: 120,
      isText: true,
      sortBy: ({ scope }) => scope,
      cell: ({ scope, forwards }) => (
        <td className="hb-table-text hb-dim" title={scope}>
          {scope}
          {forwards && ' ⇄ bridge'}
        </td>
      ),
    },
    ...countColumns,
  ]
}

const countColumns: readonly Column<SubscriptionInfo>[] = [
  {
    id: 'priority',
    title: 'Priority',
    hint: 'The highest is called first',
    width: 72,
    sortBy: ({ priority }) => priority,
    cell: ({ priority }) => <Count value={priority} tone="hb-dim" />,
  },
  {
    id: 'delivered',
    title: 'Delivered',
    hint: 'Events it was done with, since it was subscribed',
    width: 88,
    sortBy: ({ delivered }) => delivered,
    cell: ({ delivered }) => <Count value={delivered} />,
  },
  {
    id: 'failures',
    title: 'Failed',
    hint: 'Calls that failed, since it was subscribed',
    width: 96,
    sortBy: ({ failures }) => failures,
    cell: ({ failures, delivered }) => <Failures failures={failures} handled={delivered} />,
  },
]
