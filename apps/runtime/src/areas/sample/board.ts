import type { BoardSettings } from '@loomcycle/proto'

/** The columns through which publications go, and who works in them. */
export const launchBoard: BoardSettings = {
  columns: [
    {
      status: 'scheduled',
      title: 'Scheduled',
      color: 'blue',
      about: 'Has a date, and no text yet. launch/drafter writes one for each card that is put here.',
      agent: 'launch/drafter',
    },
    {
      status: 'drafted',
      title: 'Drafted',
      color: 'amber',
      limit: 8,
      about: 'Has a text that waits for a person. With eight of them, reading comes before writing.',
    },
    {
      status: 'posted',
      title: 'Posted',
      color: 'green',
      done: true,
      about: 'Is out. launch/reporter brings the report of the week up to date.',
      agent: 'launch/reporter',
    },
  ],
  types: ['publication'],
  show: ['date', 'channel', 'owner'],
}
