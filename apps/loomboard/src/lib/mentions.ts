import { queryOptions } from '@tanstack/react-query'

/** A comment on a card that mentions this person. */
export interface Mention {
  id: string
  documentId: string
  cardId: string
  card: string
  by: string
  isAgent: boolean
  body: string
  /** Unix milliseconds. */
  at: number
}

/** Nobody tells of comments in documents that are not open. */
const lookEvery = 30_000

/** What mentions this person; how that is found out comes when the page does. */
export const mentionsQuery = queryOptions({
  queryKey: ['mentions'],
  queryFn: ({ signal }) => import('./read-mentions.ts').then(({ readMentions }) => readMentions(signal)),
  refetchInterval: lookEvery,
})
