import type { Client } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { expectRuns } from './expect.ts'

const columns = [{ status: 'todo' }, { status: 'draft', agent: 'drafter' }]

/** A comment that mentions an agent, and cards in a column that has one: each is worked on once, and answered once. */
export const cards: Scenario = {
  name: 'cards',
  setup: () => ({
    models: { reviewer: () => ({ text: 'Reviewed.' }), drafter: () => ({ text: 'Drafted.' }) },
  }),
  async play(client) {
    const document_id = await client.document('Plan')
    const put = (natural_key: string, chunk: object) =>
      client.put({ document_id, natural_key, title: natural_key, ...chunk })
    await put('board:main', { type: 'loom/board', fields: { columns } })
    const { id } = await put('A', { status: 'todo' })
    await put('comment', { type: 'comment', parent_id: id, body: 'Look.', fields: { mentions: ['reviewer'] } })
    for (const title of ['A', 'B']) await put(title, { status: 'draft' })
    await client.until('all is answered', async () => (await said(client)).length === 3)
  },
  *complaints(after) {
    yield* expectRuns(after, 3)
    const answers = after.answers.map(({ body }) => body).sort()
    if (answers.join() !== 'Drafted.,Drafted.,Reviewed.') yield `what is said on the cards is ${answers}`
    if (new Set(after.answers.map(({ actor }) => actor)).size !== 3) yield 'a run has answered twice'
    if (after.starts.length > 0) yield `${after.starts.length} starts are left`
  },
}

function said(client: Client): Promise<unknown[]> {
  return client.process.rows(`select 1 from chunks where type = 'comment' and actor like '%"agent"%'`)
}
