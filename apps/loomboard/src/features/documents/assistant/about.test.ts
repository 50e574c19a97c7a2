import { expect, it } from 'vitest'
import type { OutlineChunk } from '../model/outline.ts'
import { aboutOf, type LookedAt } from './about.ts'

const aChunk = (id: string, title: string) => ({ id, title }) as OutlineChunk
const document = { document_id: 'd', title: 'Plan', paths: ['/docs/plan'], root_chunk_id: 'root' }
const chunks = new Map(
  [aChunk('root', 'Plan'), aChunk('a', 'Goals'), aChunk('b', 'An [odd] name')].map((chunk) => [chunk.id, chunk]),
)
const looking = (more: Partial<LookedAt> = {}): LookedAt => ({
  ...{ document, chunks, opened: undefined, selected: new Set(), view: 'Board', search: {} },
  ...more,
})

it('what is looked at is what is selected, else what is open, else the document as it is seen', () => {
  const { about, whole } = aboutOf(looking())
  expect(about).toEqual({ words: '“Plan”, the board', references: '[/docs/plan](/docs/plan), seen as board' })
  expect(whole).toBeUndefined()
  expect(aboutOf(looking({ opened: 'a' })).about).toEqual({
    words: '“Goals”',
    references: '[/docs/plan#Goals](/docs/plan?card=a)',
  })
  expect(aboutOf(looking({ opened: 'a' })).whole?.references).toContain('seen as board')
  expect(aboutOf(looking({ opened: 'a', selected: new Set(['b']) })).about.references).toBe(
    '[/docs/plan#An \\[odd\\] name](/docs/plan?card=b)',
  )
  expect(aboutOf(looking({ opened: 'root' })).about.words).toBe('“Plan”, the board')
  expect(aboutOf(looking({ opened: 'gone' })).about.words).toBe('“Plan”, the board')
})

it('a document that is filtered is told with what it is filtered by', () => {
  const search = { status: 'open', tags: ['a', 'b'], q: 'two\nlines' }
  expect(aboutOf(looking({ search })).about.references).toBe(
    '[/docs/plan](/docs/plan), seen as board, only status "open"; tag "a" or "b"; text "two\\nlines"',
  )
})

it('more than can be read are told by how many they are', () => {
  const many = new Map(Array.from({ length: 30 }, (_, i) => [`c${i}`, aChunk(`c${i}`, `Card ${i}`)]))
  const { about } = aboutOf(looking({ chunks: many, selected: new Set(many.keys()) }))
  expect(about.words).toBe('30 selected chunks')
  expect(about.references).toMatch(/card=c19\) and 10 more$/)
  expect(about.references).not.toContain('c20')
})
