import { describe, expect, it } from 'vitest'
import { aChunk, chunksOf } from '../model/makers.ts'
import { blog } from '../testing/blog.ts'
import { toStatuses } from './statuses.ts'
import type { BoardTeams } from './team-words.ts'

const board: BoardTeams = { board: blog, cards: new Map() }
const chunks = chunksOf(
  aChunk('idea', { status: 'ideas' }),
  aChunk('post', { status: 'draft' }),
  aChunk('next', { status: 'draft' }),
  aChunk('checked', { status: 'check' }),
  aChunk('note', {}),
)
const of = (teams: BoardTeams | undefined, settings = {}) => toStatuses({ chunks, rootId: 'root', settings, teams })
const chunk = (id: string) => chunks.get(id)!
const offered = (choices: readonly { label: string; refused?: string | undefined }[]) =>
  choices.map(({ label, refused }) => (refused ? `${label}: ${refused}` : label))

describe('the statuses of a chunk', () => {
  it('are those of the board in its order, none, and what else occurs', () => {
    const settings = { columns: [{ status: 'later', title: 'One day' }, { status: 'draft' }] }
    expect(offered(of(undefined, settings).choicesFor(chunk('post')))).toEqual([
      ...['No status', 'One day', 'Draft', 'Check', 'Ideas'],
    ])
  })

  it('are refused where its team does not lead, in the words that are said while it is dragged', () => {
    const only = 'From Draft blog leads to Check.'
    expect(offered(of(board).choicesFor(chunk('post')))).toEqual([
      ...[`No status: ${only}`, 'Draft', 'Check', `Review: ${only}`, `Posted: ${only}`, `Ideas: ${only}`],
    ])
    expect(of(board).refusal(chunk('idea'), 'review')).toBe('Cards come into blog at Draft.')
    expect(of(board).refusal(chunk('idea'), 'someday')).toBeUndefined()
    expect(of(board).refusal(chunk('note'), 'draft')).toBeUndefined()
  })

  it('are those of the team that it is on its way through, whatever the board goes by', () => {
    const teams: BoardTeams = { cards: new Map([['post', { ...blog, name: 'fast' }]]) }
    expect(of(teams).refusal(chunk('post'), 'posted')).toBe('From Draft fast leads to Check.')
    expect(of(teams).refusal(chunk('next'), 'posted')).toBeUndefined()
  })

  it('are refused where their column is full, but for who is in it', () => {
    const full = of(undefined, { columns: [{ status: 'draft', title: 'Drafts', limit: 2 }] })
    expect(full.refusal(chunk('idea'), 'draft')).toBe('Drafts is full: it takes 2 cards.')
    expect(full.refusal(chunk('post'), 'draft')).toBeUndefined()
  })

  it('are free for the document itself, which is no card', () => {
    expect(of(board).refusal(aChunk('root', { status: 'draft' }), 'posted')).toBeUndefined()
  })
})

it('for several, a status is refused where none of them may have it', () => {
  const choices = of(board).choicesForAll([chunk('post'), chunk('checked')])
  expect(offered(choices)).toEqual([
    ...['Draft', 'Check', 'Review', 'Posted: From Draft blog leads to Check.'],
    ...['Ideas: From Draft blog leads to Check.', 'No status: From Draft blog leads to Check.'],
  ])
  expect(offered(of(board).choicesForAll([chunk('post'), chunk('next')]))[0]).toBe('Draft')
})
