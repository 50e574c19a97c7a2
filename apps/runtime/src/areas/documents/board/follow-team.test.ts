import type { TeamGraph } from '@loomcycle/proto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retire } from '../../../engine/definitions/versions.ts'
import '../../../testing/fixed-seed.ts'
import { findActive } from '../../../engine/definitions/versions.ts'
import { aTeam, review } from '../testing/a-team.ts'
import { someDocuments } from '../testing/some-documents.ts'

type Docs = Awaited<ReturnType<typeof someDocuments>>

async function aBoard(docs: Docs, settings: object) {
  const { document_id, root_chunk_id } = await docs.ask('create_document', { title: 'Plan' })
  const board = { document_id, natural_key: 'board:main', title: 'Board', type: 'loom/board' }
  const set = (fields: object) => docs.ask('upsert_chunk', { ...board, fields })
  await set(settings)
  const [{ id: board_id }] = (await docs.ask('query_chunks', { document_id, type: 'loom/board' })).chunks
  return { document_id, root_chunk_id, board, board_id, set }
}

async function inReview() {
  const docs = await someDocuments()
  const def_id = await aTeam(docs.db, 'review', review)
  const board = await aBoard(docs, { team: 'review' })
  const { id } = await docs.ask('create_chunk', { document_id: board.document_id, title: 'A', status: 'draft' })
  await docs.ask('move_card', { id, status: 'review' })
  return { ...docs, ...board, def_id, id }
}

describe('a board that goes by a team', () => {
  it('refuses a status its graph does not lead to, names those it does, and leaves the card where it is', async () => {
    const { ask, refusal, document_id, def_id } = await inReview()
    const { id } = await ask('create_chunk', { document_id, title: 'B', status: 'draft' })
    const refused = await refusal('move_card', { id, status: 'posted' })
    expect(refused).toMatchObject({
      code: 'move_not_allowed',
      status: 409,
      message: 'The board goes by the team "review": a card goes from "draft" to "review", not to "posted".',
      fields: { why: 'no_edge', allowed: ['review'], team: 'review', def_id, from: 'draft', to: 'posted' },
    })
    expect(await ask('get_chunk', { id })).toMatchObject({ status: 'draft', revision: 1 })
    expect((await refusal('create_chunk', { document_id, title: 'C', status: 'posted' })).message).toBe(
      'The board goes by the team "review": a card comes in at "draft", not at "posted".',
    )
    expect((await refusal('update_chunk', { id, revision: 1, status: '' })).message).toContain('not off the board')
  })

  it('says what a condition asks for, and takes it with the change that makes it so', async () => {
    const { ask, refusal, id } = await inReview()
    expect(await refusal('move_card', { id, status: 'posted' })).toMatchObject({
      message:
        'The board goes by the team "review": a card goes from "review" to "posted" when fields.approved == true, which is not so. As it is, it goes to "draft".',
      fields: { why: 'condition', needs: ['fields.approved == true'], allowed: ['draft'] },
    })
    expect(
      await ask('update_chunk', { id, revision: 2, status: 'posted', set_fields: { approved: true } }),
    ).toMatchObject({
      status: 'posted',
    })
    expect((await refusal('move_card', { id, status: 'draft' })).message).toContain(
      'from "posted" nowhere, not to "draft"',
    )
  })

  it('has a person move what a person has', async () => {
    const { asAgent, ask, id } = await inReview()
    const refused = await asAgent().refusal('move_card', { id, status: 'draft' })
    expect(refused).toMatchObject({ code: 'move_not_allowed', fields: { why: 'person', allowed: [] } })
    expect(refused.message).toContain('a person has what is in "review"')
    expect(await ask('move_card', { id, status: 'draft' })).toMatchObject({ status: 'draft' })
    expect(await asAgent().ask('move_card', { id, status: 'review' })).toMatchObject({ status: 'review' })
  })

  it('holds the document itself to nothing, and what is no card now like a card', async () => {
    const { ask, refusal, root_chunk_id, document_id, id } = await inReview()
    await ask('update_chunk', { id: root_chunk_id, revision: 1, status: 'posted' })
    await ask('update_chunk', { id, revision: 2, type: 'comment' })
    expect((await refusal('update_chunk', { id, revision: 3, status: 'posted' })).code).toBe('move_not_allowed')
    const note = await ask('create_chunk', { document_id, title: 'N', type: 'comment', parent_id: id })
    expect((await refusal('update_chunk', { id: note.id, revision: 1, status: 'posted' })).code).toBe(
      'move_not_allowed',
    )
  })

  it('undoes and reverts whatever was done', async () => {
    const { ask, id } = await inReview()
    await ask('update_chunk', { id, revision: 2, status: 'posted', set_fields: { approved: true } })
    expect(await ask('revert', { id, revision: 3 })).toMatchObject({ status: 'review' })
  })

  it('is not left by an agent that takes back what was done', async () => {
    const { asAgent, ask, refusal, document_id, id } = await inReview()
    await ask('update_chunk', { id, revision: 2, status: 'draft' })
    const agent = asAgent('r_1')
    await agent.ask('move_card', { id, status: 'review' })
    expect((await agent.refusal('revert', { id, revision: 4 })).message).toContain('a person has what is in "review"')
    const { skipped } = await agent.ask('revert_run', { run_id: 'r_1' })
    expect(skipped).toEqual([
      { what: 'chunk', id, title: 'A', reason: expect.stringContaining('a person has what is in "review"') },
    ])
    expect(await ask('get_chunk', { id })).toMatchObject({ status: 'review', revision: 4 })
    const said = await agent.ask('create_chunk', { document_id, title: 'B', status: 'draft' })
    await agent.ask('update_chunk', { id: said.id, revision: 1, body: 'x' })
    expect(await agent.ask('revert', { id: said.id, revision: 2 })).toMatchObject({ status: 'draft', body: '' })
    expect((await refusal('move_card', { id: said.id, status: 'posted' })).code).toBe('move_not_allowed')
    expect(await ask('revert_run', { run_id: 'r_1' })).toMatchObject({ skipped: [] })
  })

  it('is come into at its entry, also by what is imported', async () => {
    const { ask, refusal, document_id, def_id } = await inReview()
    const card = (title: string, status: string) => `# ${title}\n<!-- loom: {"status":"${status}"} -->\n`
    const many = Array.from({ length: 600 }, (_, i) => card(`D${i}`, 'draft')).join('')
    for (const markdown of [
      card('D', 'posted'),
      `${card('D', 'draft')}#${card('E', 'review')}`,
      many + card('E', 'review'),
    ]) {
      const refused = await refusal('import_md', { document_id, markdown })
      expect(refused).toMatchObject({ code: 'move_not_allowed', status: 409, fields: { allowed: ['draft'], def_id } })
      expect(refused.message).toMatch(/^"[DE]" cannot be brought in: .* a card comes in at "draft", not at "/)
    }
    expect(await ask('query_chunks', { document_id, where: [], text: 'D' })).toMatchObject({ chunks: [] })
    await ask('import_md', { document_id, markdown: `${card('F', 'draft')}${card('G', 'elsewhere')}# H\n` })
  })

  it('goes by the version in use, and by none where none is', async () => {
    const { ask, refusal, db, id } = await inReview()
    const open: TeamGraph = {
      ...review,
      transitions: [...review.transitions!, { from: 'review', to: 'posted', on: 'success' }],
    }
    await refusal('move_card', { id, status: 'posted' })
    await aTeam(db, 'review', open)
    await ask('move_card', { id, status: 'posted' })
    await refusal('move_card', { id, status: 'draft' })
    const of = { tenantId: 'default', family: 'TeamDef', name: 'review' } as const
    await db.transaction(async (tx) => retire(tx, (await findActive(tx, of))!, true, 2))
    expect(await ask('move_card', { id, status: 'draft' })).toMatchObject({ status: 'draft' })
  })

  it('knows no team of another tenant', async () => {
    const docs = await someDocuments()
    await aTeam(docs.db, 'theirs', review, 'other')
    const { document_id } = await aBoard(docs, { team: 'theirs' })
    expect(await docs.ask('create_chunk', { document_id, title: 'A', status: 'posted' })).toMatchObject({
      status: 'posted',
    })
  })

  it('is not freed, nor given another team, by an agent that may not define teams', async () => {
    const { asAgent, ask, board, board_id, id } = await inReview()
    const agent = asAgent()
    const attempts: [string, object][] = [
      ['upsert_chunk', { ...board, fields: {} }],
      ['upsert_chunk', { ...board, fields: { team: 'mine' } }],
      ['update_chunk', { id: board_id, revision: 1, set_fields: { team: null } }],
      ['update_chunk', { id: board_id, revision: 1, type: 'loom/note' }],
      ['delete_chunk', { id: board_id }],
    ]
    for (const [op, input] of attempts) {
      expect((await agent.refusal(op, input as Record<string, unknown>)).message).toContain(
        'may not change which team a board goes by; its setting team_def_scopes with named:',
      )
    }
    await ask('move_chunk', { id: board_id, new_parent_id: id })
    expect((await agent.refusal('delete_chunk', { id })).message).toContain('may not change which team')
    const columns = [{ status: 'draft', limit: 3 }]
    await agent.ask('upsert_chunk', { ...board, fields: { team: 'review', columns } })
    const editor = asAgent('r_2', { agent: { teamDefScopes: ['named:rev*'] } })
    await editor.ask('update_chunk', { id: board_id, revision: 2, set_fields: { team: null } })
    expect(
      (await agent.refusal('update_chunk', { id: board_id, revision: 3, set_fields: { team: 'x' } })).message,
    ).toContain('named:x')
  })
})

it('is left along the edges of the graph alone, whoever comes through whichever door', async () => {
  const docs = await someDocuments()
  const agent = docs.asAgent()
  const names = ['a', 'b', 'c', 'd']
  const places = [...names, 'other', '']
  let teams = 0
  const cases = fc.record({
    kinds: fc.array(fc.constantFrom('agent' as const, 'person' as const, 'terminal' as const), {
      minLength: 4,
      maxLength: 4,
    }),
    edges: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 9 }),
    tries: fc.array(
      fc.record({
        to: fc.constantFrom(...places),
        door: fc.constantFrom('move_card', 'update_chunk', 'upsert_chunk', 'create_chunk'),
        byPerson: fc.boolean(),
      }),
      { minLength: 1, maxLength: 15 },
    ),
  })
  await fc.assert(
    fc.asyncProperty(cases, async ({ kinds, edges, tries }) => {
      const name = `team${++teams}`
      await aTeam(docs.db, name, {
        entry: 'a',
        states: names.map((state, i) => ({ state, handler: { kind: kinds[i]! } })),
        transitions: edges.map(([from, to]) => ({ from: names[from]!, to: names[to]!, on: 'success' })),
      })
      const { document_id } = await aBoard(docs, { team: name })
      const card = { document_id, natural_key: 'card', title: 'A' }
      await docs.ask('upsert_chunk', card)
      const [{ id }] = (await docs.ask('query_chunks', { document_id, where: [], text: 'A' })).chunks
      let at = ''
      for (const { to, door, byPerson } of tries) {
        const who = byPerson ? docs : agent
        const from = door === 'create_chunk' ? '' : at
        const [place, next] = [names.indexOf(from), names.indexOf(to)]
        const isAlong = edges.some(([a, b]) => a === place && b === next)
        const isHeld = place >= 0 && kinds[place] === 'person' && !byPerson
        const isOpen = to === from || (place < 0 ? next <= 0 : isAlong && !isHeld)
        const { revision } = await docs.ask('get_chunk', { id })
        const input = {
          move_card: { id, status: to },
          update_chunk: { id, revision, status: to },
          upsert_chunk: { ...card, status: to },
          create_chunk: { document_id, title: 'B', status: to },
        }[door]!
        // A card is not moved to nowhere, whatever its team says.
        if (door === 'move_card' && to === '') continue
        if (isOpen) await who.ask(door, input)
        else expect(await who.refusal(door, input)).toMatchObject({ code: 'move_not_allowed' })
        if (isOpen && door !== 'create_chunk') at = to
        expect((await docs.ask('get_chunk', { id })).status ?? '').toBe(at)
      }
    }),
    { numRuns: 60 },
  )
})
