import { describe, expect, it } from 'vitest'
import { someDocuments } from '../testing/some-documents.ts'
import { longestRank } from './spread-ranks.ts'

const status = 'todo'

/** A column of so many cards, and what they are by now. */
async function aColumn(count: number) {
  const docs = await someDocuments()
  const { ask } = docs
  const markdown = Array.from({ length: count }, (_, i) => `# ${i}\n<!-- loom: {"status":"${status}"} -->\n`).join('\n')
  const { document_id } = await ask('create_document', { title: 'Plan' })
  await ask('import_md', { document_id, markdown })
  const cards = async (): Promise<{ id: string; rank: string; revision: number }[]> =>
    (await ask('query_chunks', { document_id, status, sort: 'rank', limit: 1000 })).chunks
  return { ...docs, document_id, cards, ids: (await cards()).map(({ id }) => id) }
}

/** Where a card is dropped, beside which other one. */
type Drop = (order: readonly string[], i: number) => { id: string; after_id?: string; before_id?: string }

const drops: Array<[number, string, number, Drop]> = [
  [2_000, 'behind the first', 300, (order) => ({ id: order.at(-1)!, after_id: order[0]! })],
  [1_000, 'before the last', 300, (order) => ({ id: order[0]!, before_id: order.at(-1)! })],
  [1_000, 'between the last two that were dropped', 300, betweenTheLast],
  [1_000, 'by turns, of three', 3, (order) => ({ id: order[2]!, after_id: order[0]! })],
  [
    1_000,
    'anywhere in the middle',
    100,
    (order, i) => ({ id: order[(i * 37) % 100 < 50 ? 0 : 99]!, after_id: order[50]! }),
  ],
]

function betweenTheLast(order: readonly string[], i: number): ReturnType<Drop> {
  const middle = order.length >> 1
  return i % 2 === 0 ? { id: order.at(-1)!, after_id: order[middle]! } : { id: order[0]!, before_id: order[middle]! }
}

describe('ranks where cards are dropped at one place', () => {
  it.each(drops)('stay short and in order: %i times %s', async (times, _, count, drop) => {
    const { ask, cards, ids } = await aColumn(count)
    const order = [...ids]
    for (let i = 0; i < times; i++) {
      const { id, ...beside } = drop(order, i)
      const { rank } = await ask('move_card', { id, ...beside })
      expect(rank.length).toBeLessThanOrEqual(longestRank)
      order.splice(order.indexOf(id), 1)
      const { after_id, before_id } = beside
      order.splice(after_id ? order.indexOf(after_id) + 1 : order.indexOf(before_id!), 0, id)
    }
    const now = await cards()
    expect(now.map(({ id }) => id)).toEqual(order)
    expect(new Set(now.map(({ rank }) => rank)).size).toBe(count)
    expect(Math.max(...now.map(({ rank }) => rank.length))).toBeLessThanOrEqual(longestRank)
    expect(now.every(({ revision }) => revision === 1)).toBe(true)
  })

  it('are told whole, so that who follows has the order of whoever reads', async () => {
    const { ask, cards, ids, document_id } = await aColumn(60)
    const ranks = new Map((await cards()).map(({ id, rank }) => [id, rank]))
    let { seq: since } = await ask('get_document', { id: document_id })
    let spread = 0
    while (spread < 2) {
      const now = await cards()
      await ask('move_card', { id: now.at(-1)!.id, after_id: now[0]!.id })
      const { changes, head } = await ask('changes', { document_id, since })
      since = head
      for (const { chunk_id, changed, ranks: others } of changes) {
        for (const [id, rank] of Object.entries(others ?? {})) ranks.set(id, rank as string)
        if (chunk_id) ranks.set(chunk_id, changed.rank)
        else spread++
      }
    }
    expect([...ranks].sort()).toEqual((await cards()).map(({ id, rank }) => [id, rank]).sort())
    expect(await ask('update_chunk', { id: ids[5], revision: 1, title: 'Mine' })).toMatchObject({ revision: 2 })
  })

  it('are no work of the run that dropped the last one: undoing it leaves the others alone', async () => {
    const { ask, asAgent, cards } = await aColumn(40)
    let spread = false
    for (let i = 0; !spread; i++) {
      const now = await cards()
      const agent = asAgent(`r_${i}`)
      await agent.ask('move_card', { id: now.at(-1)!.id, after_id: now[0]!.id })
      const after = await cards()
      spread = after.filter(({ id, rank }) => now.some((was) => was.id === id && was.rank !== rank)).length > 1
      if (!spread) continue
      const { reverted, skipped } = await ask('revert_run', { run_id: `r_${i}` })
      expect([reverted.map(({ id }: { id: string }) => id), skipped]).toEqual([[now.at(-1)!.id], []])
      expect((await cards()).map(({ id }) => id)).toEqual(now.map(({ id }) => id))
    }
  })
})
