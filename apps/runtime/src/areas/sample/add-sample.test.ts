import { describe, expect, it } from 'vitest'
import { aRunCaller } from '../../tools/testing/a-caller.ts'
import { someDocuments } from '../documents/testing/some-documents.ts'
import { addSample, SAMPLE_PATH } from './add-sample.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Answer = any

async function aNewDatabase() {
  const documents = await someDocuments()
  const { deps, as } = documents
  return { ...documents, add: () => addSample(deps), local: as(aRunCaller({ userId: 'default' })) }
}

describe('the sample', () => {
  it('is a plan of 47 chunks, 18 of them publications with fields that fit', async () => {
    const { add, local } = await aNewDatabase()
    expect(await add()).toBe(true)
    const { document_id, ...plan } = await local.ask('get_document', { path: SAMPLE_PATH })
    expect(plan).toMatchObject({ title: 'Launch plan', paths: [SAMPLE_PATH] })
    const all = (await local.ask('query_chunks', { document_id, limit: 1000 })).chunks as Answer[]
    expect(all.filter(({ type = '' }) => !type.startsWith('loom/'))).toHaveLength(47)
    const { chunks } = await local.ask('query_chunks', { type: 'publication', include: ['fields', 'body'], limit: 100 })
    expect(chunks).toHaveLength(18)
    for (const { id, revision, fields, body } of chunks) {
      expect(fields).toMatchObject({ channel: expect.any(String), date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
      expect(body.length).toBeGreaterThan(60)
      await local.ask('update_chunk', { id, revision, fields })
    }
    const statuses = Map.groupBy(chunks, ({ status }: { status: string }) => status)
    expect([...statuses].map(([status, { length }]) => [status, length]).sort()).toEqual([
      ['drafted', 4],
      ['posted', 2],
      ['scheduled', 12],
    ])
  })

  it('has a board with the columns of its publications, and says who works in them', async () => {
    const { add, local } = await aNewDatabase()
    await add()
    const { chunks } = await local.ask('query_chunks', { type: 'loom/board', include: ['fields'] })
    expect(chunks).toMatchObject([{ natural_key: 'board:main', fields: { types: ['publication'] } }])
    const columns: Answer[] = chunks[0].fields.columns
    expect(columns.map(({ status, agent, limit }) => [status, agent, limit])).toEqual([
      ['scheduled', 'launch/drafter', undefined],
      ['drafted', undefined, 8],
      ['posted', 'launch/reporter', undefined],
    ])
    // What the board allows, it also is.
    await local.ask('update_chunk', { id: chunks[0].id, revision: 1, fields: chunks[0].fields })
  })

  it('is never late as a whole: whenever somebody starts, what is scheduled is yet to come, on the same day of the week', async () => {
    const { add, local, clock } = await aNewDatabase()
    clock.time = Date.parse('2031-03-12T15:00:00Z')
    await add()
    const today = '2031-03-12'
    const { chunks } = await local.ask('query_chunks', { include: ['fields'], limit: 1000 })
    const dates = (status: string): string[] =>
      chunks.filter((chunk: Answer) => chunk.status === status).map(({ fields }: Answer) => fields.date)
    expect(dates('scheduled').every((date) => date > today)).toBe(true)
    expect(dates('posted').every((date) => date <= today)).toBe(true)
    const launch = chunks.find(({ title }: Answer) => title === 'Launch day').fields.date
    expect([launch, new Date(launch).getUTCDay()]).toEqual(['2031-03-25', 2])
  })

  it('is linked: every edge it names is there, and so is every link in a text', async () => {
    const { add, local, db } = await aNewDatabase()
    await add()
    const { document_id } = await local.ask('get_document', { path: SAMPLE_PATH })
    const { edges } = await local.ask('get_edges', { document_id })
    expect(edges.length).toBeGreaterThan(20)
    const open = await db.read.selectFrom('chunk_links').select('target').where('to_id', 'is', null).execute()
    expect(open).toEqual([])
  })

  it('is added once: neither a deleted nor a renamed one comes back', async () => {
    const { add, local } = await aNewDatabase()
    await add()
    await local.path('mv', { path: SAMPLE_PATH, to: '/docs/mine' })
    expect(await add()).toBe(false)
    await local.ask('delete_document', { path: '/docs/mine' })
    expect(await add()).toBe(false)
    expect((await local.ask('documents_summary')).documents).toEqual([])
  })

  it('is not for a database that somebody has worked with', async () => {
    const { add, ask } = await aNewDatabase()
    await ask('create_document', { title: 'Mine' })
    expect(await add()).toBe(false)
  })

  it('leaves nothing behind where it fails, and is there after the next start', async () => {
    const { deps, add, local } = await aNewDatabase()
    const toPublication = () => {
      throw new Error('the disk is full')
    }
    await expect(addSample({ ...deps, toPublication })).rejects.toThrow('the disk is full')
    expect(await add()).toBe(true)
    expect((await local.ask('documents_summary')).documents).toHaveLength(1)
  })
})
