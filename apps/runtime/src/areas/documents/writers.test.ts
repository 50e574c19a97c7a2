import { expect, it } from 'vitest'
import { someDocuments } from './testing/some-documents.ts'

const rounds = 1000

it('of two who write the same chunk at once, one is told each time and nothing is overwritten', async () => {
  const { asPerson, asAgent, plan, ask } = await someDocuments()
  const { ids } = await plan('A')
  const id = ids[0]!
  const writers = [asPerson('ada'), asAgent()]
  const written: string[] = []
  let told = 0
  for (let round = 1; round <= rounds; round++) {
    const texts = writers.map((_, i) => `round ${round}, writer ${i}`)
    const results = await Promise.allSettled(
      writers.map((writer, i) => writer.ask('update_chunk', { id, revision: round, body: texts[i] })),
    )
    const winners = results.flatMap((result, i) => (result.status === 'fulfilled' ? [texts[i]!] : []))
    expect(winners).toHaveLength(1)
    const [loser] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(loser.fields).toMatchObject({
      reason: 'revision_conflict',
      current_revision: round + 1,
      chunk: { body: winners[0] },
    })
    told++
    written.push(winners[0]!)
  }
  expect(told).toBe(rounds)
  expect(await ask('get_chunk', { id })).toMatchObject({ revision: rounds + 1, body: written.at(-1) })
  const { revisions } = await ask('history', { id, limit: 1000 })
  expect(revisions).toHaveLength(1000)
  for (const round of [1, 2, 500, 999]) {
    expect((await ask('get_version', { id, revision: round + 1 })).body).toBe(written[round - 1])
  }
}, 120_000)

it('an agent that writes on an older revision is told in words what others have changed since', async () => {
  const { asPerson, asAgent, plan, ask } = await someDocuments()
  const { ids } = await plan('A')
  const id = ids[0]!
  await ask('update_chunk', { id, revision: 1, body: 'One.\nTwo.\n' })
  await asPerson('ada').ask('update_chunk', { id, revision: 2, body: 'One.\nTwo, and more.\n', status: 'done' })
  const { message } = await asAgent().refusal('update_chunk', { id, revision: 2, body: 'Mine.' })
  expect(message).toContain('revision conflict (you passed 2, current is 3). Since then user ada changed')
  expect(message).toContain('became "done"')
  expect(message).toContain('-Two.\n+Two, and more.')
  expect(message).toContain('Write again on revision 3')
  expect((await asPerson('ada').refusal('update_chunk', { id, revision: 2, body: 'x' })).message).toBe(
    'update_chunk: revision conflict (you passed 2, current is 3)',
  )
})
