import { describe, expect, it } from 'vitest'
import { SAMPLE_PATH, tryAddSample } from '../src/areas/sample/add-sample.ts'
import { systemClock } from '../src/ground/clock.ts'
import { createScriptedProvider } from '../src/models/providers/scripted/index.ts'
import { manager } from '../src/models/providers/scripted/manager/index.ts'
import type { ScriptedTurn } from '../src/models/providers/scripted/turn.ts'
import { clientOf, Reader, say } from '../src/testing/test-client.ts'
import { startRuntime } from '../src/testing/test-runtime.ts'

/** `before` each turn of the agent somebody may do something. */
async function withSample(before: (turn: ScriptedTurn) => Promise<void> = async () => {}) {
  const provider = createScriptedProvider({
    clock: systemClock,
    models: {
      'doc-manager': async (request) => {
        const turn = await manager(request)
        await before(turn)
        return { ...turn, pace: { chunk_chars: 1000, delay_ms: 0 } }
      },
    },
  })
  const runtime = await startRuntime({ providers: [provider] })
  await tryAddSample(runtime.ctx.documents, runtime.ctx.telemetry)
  const client = clientOf(runtime)
  const [card] = (await client.document({ op: 'query_chunks', type: 'publication', status: 'scheduled' })).chunks ?? []
  if (!card) throw new Error('there is no card')
  const read = () => client.document({ op: 'get_chunk', id: card.id })
  const ask = async (words: string, cards: readonly { id: string }[] = [card]) => {
    const about = `About: ${cards.map(({ id }) => `[launch#x](${SAMPLE_PATH}?card=${id})`).join(', ')}`
    const reader = new Reader(client.runStreaming({ agent: 'doc/manager', segments: say(`${words}\n\n${about}`) }))
    await reader.toEnd()
    return reader.text()
  }
  return { client, card, read, ask }
}

const scheduled = { op: 'query_chunks', type: 'publication', status: 'scheduled', sort: 'rank', limit: 3 } as const

const writes = ({ tool_calls = [] }: ScriptedTurn) =>
  tool_calls.some(({ input }) => ['update_chunk', 'move_card'].includes((input as { op: string }).op))

describe('the agent beside a document, without a model', () => {
  it('is one of those that change documents', async () => {
    const { client } = await withSample()
    const { agents } = await client.runnableAgents()
    expect(agents.filter(({ documents }) => documents).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['doc/manager', 'launch/drafter']),
    )
    expect(agents.find(({ name }) => name === 'demo')).not.toHaveProperty('documents')
  })

  it('moves the card that it is told of, and says from where to where', async () => {
    const { read, ask, card } = await withSample()
    const said = await ask('Move it to drafted')
    expect(said).toContain('from `scheduled` to `drafted`')
    expect(await read()).toMatchObject({ status: 'drafted', title: card.title })
  })

  it('does to all that are selected what it is told once', async () => {
    const { client, ask } = await withSample()
    const { chunks: cards = [] } = await client.document(scheduled)
    const said = await ask('Move them to drafted', cards)
    for (const { title } of cards) expect(said).toContain(`I moved \`${title}\``)
    const statuses = cards.map(async ({ id }) => (await client.document({ op: 'get_chunk', id })).status)
    expect(await Promise.all(statuses)).toEqual(['drafted', 'drafted', 'drafted'])
  })

  it('reads again where somebody was faster, and keeps what they wrote', async () => {
    let once = false
    const { client, card, read, ask } = await withSample(async (turn) => {
      if (once || !writes(turn)) return
      once = true
      const { revision } = await client.document({ op: 'get_chunk', id: card.id })
      await client.document({ op: 'update_chunk', id: card.id, revision, body: 'Theirs.' })
    })
    await ask('Note: ours')
    expect((await read()).body).toBe('Theirs.\n\nours')
  })

  it('deletes nothing unless it is told to, and told again', async () => {
    const { client, read, ask, card } = await withSample()
    await ask('Have a look')
    expect(await read()).toMatchObject({ revision: card.revision })
    const asked = ask('Delete it')
    const options = await answer(client, 1)
    expect(await asked).toContain('stays as it is')
    await read()
    const again = ask('Delete it')
    expect(options[0]).toContain(card.title.slice(0, 20))
    await answer(client, 0)
    expect(await again).toContain('I deleted')
    await expect(read()).rejects.toThrow()
  })
})

async function answer(client: ReturnType<typeof clientOf>, which: number): Promise<string[]> {
  for (;;) {
    const [open] = (await client.listUserInterrupts('default')).interrupts
    const options = open?.options ?? []
    if (open) {
      await client.resolveInterrupt(open.run_id, open.interrupt_id, { answer: options[which] ?? '' })
      return options
    }
  }
}
