/// <reference lib="dom" />
import type { Page } from '@playwright/test'
import { launchBrowser } from '../../bench/app/measured-page.ts'
import { Rewriter } from '../../e2e/fixtures/rewriter.ts'
import { startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import { LoomcycleClient, RevisionConflictError } from '../../packages/client/src/index.ts'
import type { Outcome, Violation } from '../fault.ts'
import { Random } from '../random.ts'
import { Writer } from './writer.ts'

const titles = ['Who it is for', 'What success looks like', 'In one sentence']

/** Two people in their browsers and an agent on the same cards, for minutes: whatever they do, all of it is there. */
export async function texts(what: string, seed: number, minutes: number): Promise<Outcome> {
  const random = new Random(seed)
  const runtime = await startRuntime()
  const browser = await launchBrowser()
  try {
    const { url } = runtime
    const client = new LoomcycleClient({ baseUrl: url })
    const ids = await cardsOf(client)
    const agent = new Rewriter(client, random, 'agent')
    const people = await Promise.all(['ada', 'ben'].map((name) => Writer.join(browser, url, name, random)))
    const violations: Violation[] = []
    const end = performance.now() + minutes * 60_000
    let actions = 0
    const rewritten = new Map<string, string[]>()
    const rewriting = (async () => {
      // While people come to an end of what they have open, nobody writes anew.
      while (performance.now() < end) {
        const id = random.pick(ids)
        const before = agent.words.length
        if (random.between(0, 5) === 0) await changeStatus(client, id, random)
        else await agent.rewrite(id)
        rewritten.set(id, [...(rewritten.get(id) ?? []), ...agent.words.slice(before)])
        await new Promise((resolve) => setTimeout(resolve, random.between(50, 900)))
      }
    })()
    const writing = Promise.all(
      people.map(async (person, i) => {
        while (performance.now() < end && !person.isStuck) {
          // Mostly on the same card.
          const id = random.between(0, 3) > 0 ? ids[0] : ids[1 + i]!
          await person.open(id)
          for (let n = random.between(2, 8); n > 0 && performance.now() < end; n--) {
            await person.act(id)
            actions++
          }
          const left = await person.finish()
          if (person.isStuck) violations.push({ case: `seed ${seed}`, what: 'two versions could not be decided' })
          else if (left.length > 0) violations.push({ case: `seed ${seed}`, what: `never saved: ${left.join('; ')}` })
        }
      }),
    )
    await Promise.all([writing, rewriting])
    for (const person of people) await person.finish()

    for (const id of ids) {
      const { body } = await client.document({ op: 'get_chunk', id })
      const words = [...(rewritten.get(id) ?? []), ...people.flatMap((person) => person.words.get(id) ?? [])]
      const lost = words.filter((word) => !body.includes(word))
      if (lost.length > 0) violations.push({ case: `seed ${seed}`, what: `lost without a word: ${lost.join(' ')}` })
    }
    for (const { chunk } of people) violations.push(...(await differences(chunk.page, client, seed)))
    const [shown, lost] = [people.reduce((sum, person) => sum + person.shown, 0), agent.lost]
    const tried = `${actions} actions and ${agent.words.length} rewritings in ${minutes} min; two versions shown ${shown} times, the agent was late ${lost} times`
    return { what, tried, violations }
  } finally {
    await browser.close()
    await runtime.stop()
  }
}

async function cardsOf(client: LoomcycleClient): Promise<[string, ...string[]]> {
  const { document_id } = (await client.document({ op: 'query_documents', text: 'launch' })).documents[0]!
  const { chunks = [] } = await client.document({ op: 'query_chunks', document_id, limit: 1000 })
  const ids = titles.map((title) => chunks.find((chunk) => chunk.title === title)!.id)
  for (const id of ids) {
    const { revision } = await client.document({ op: 'get_chunk', id })
    const body = '# Plan\n\nThe first part.\n\n- one\n- two\n\nThe last part.\n'
    await client.document({ op: 'update_chunk', id, revision, body })
  }
  return ids as [string, ...string[]]
}

async function changeStatus(client: LoomcycleClient, id: string, random: Random): Promise<void> {
  const { revision } = await client.document({ op: 'get_chunk', id })
  const status = random.pick(['drafted', 'posted', 'open'])
  await client.document({ op: 'update_chunk', id, revision, status }).catch((error) => {
    if (!(error instanceof RevisionConflictError)) throw error
  })
}

/** Where a screen, once it is still, says something else than the rows. */
async function differences(page: Page, client: LoomcycleClient, seed: number): Promise<Violation[]> {
  const { document_id } = (await client.document({ op: 'query_documents', text: 'launch' })).documents[0]!
  const { chunks = [] } = await client.document({ op: 'query_chunks', document_id, limit: 1000 })
  const rows = chunks
    .filter(({ title }) => titles.includes(title))
    .map(({ title, status, revision }) => `${title} ${status ?? ''} r${revision}`)
    .sort()
  let seen: string[] = []
  for (let tries = 0; tries < 20; tries++) {
    seen = await page.evaluate(
      (names) =>
        [...document.querySelectorAll('[role="treeitem"]')].flatMap((item) => {
          const text = (item as HTMLElement).innerText.split('\n').map((each) => each.trim())
          const title = names.find((name) => text.includes(name))
          const revision = text.find((each) => /^r\d+$/.test(each))
          const status = text.find((each) => /^(?:scheduled|drafted|posted|open|done)$/.test(each))
          return title ? [`${title} ${status ?? ''} ${revision ?? ''}`] : []
        }),
      titles,
    )
    if (JSON.stringify(seen.sort()) === JSON.stringify(rows)) return []
    await page.waitForTimeout(500)
  }
  return [{ case: `seed ${seed}`, what: `the screen says ${seen.join(', ')} where the rows say ${rows.join(', ')}` }]
}
