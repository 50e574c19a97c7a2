import { launchBrowser } from '../../bench/app/measured-page.ts'
import { startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import { LoomcycleClient, LoomcycleError } from '../../packages/client/src/index.ts'
import type { Outcome, Violation } from '../fault.ts'
import { Random } from '../random.ts'
import { Mover } from './mover.ts'

const columns = [
  { status: 'todo' },
  { status: 'doing', limit: 9 },
  { status: 'review', limit: 7 },
  { status: 'done', done: true },
]
const statuses = ['todo', 'doing', 'review', 'done'] as const
const path = '/docs/shared'
const atFirst = 20

/** Two people on a board and an agent that moves its cards: nothing is doubled or lost, and each sees the same. */
export async function cards(what: string, seed: number, minutes: number): Promise<Outcome> {
  const random = new Random(seed)
  const runtime = await startRuntime()
  const browser = await launchBrowser()
  try {
    const client = new LoomcycleClient({ baseUrl: runtime.url })
    const document = await boardOf(client)
    const people = await Promise.all(['Ada', 'Ben'].map((name) => Mover.join(browser, runtime.url, name, random)))
    for (const person of people) await person.open(path)
    const violations: Violation[] = []
    const found = (...complaints: string[]) => {
      for (const complaint of complaints) violations.push({ case: `seed ${seed}`, what: complaint })
    }

    const end = performance.now() + minutes * 60_000
    let actions = 0
    let isOver = false
    const agent = new MovingAgent(client, document, random)
    const moving = (async () => {
      while (!isOver) {
        await agent.act()
        await new Promise((resolve) => setTimeout(resolve, random.between(50, 900)))
      }
    })()
    const playing = Promise.all(
      people.map(async (person) => {
        while (performance.now() < end) {
          await person.act()
          actions++
        }
        await person.rest()
      }),
    ).finally(() => {
      isOver = true
    })
    await Promise.all([playing, moving])

    for (const person of people) found(...(await differences(person, client, document)))
    const rows = Object.values(await rowsOf(client, document)).flat()
    found(...twice(rows).map((title) => `${title} is there twice`))
    const gone = Array.from({ length: atFirst }, (_, n) => `Card ${n + 1}`).filter((title) => !rows.includes(title))
    found(...gone.map((title) => `${title} is gone`))
    for (const person of people) found(...person.unsaid(agent.titles).map((words) => `nobody was told of ${words}`))
    const refused = people.reduce((sum, person) => sum + person.refusals.length, 0)
    const made = people.reduce((sum, person) => sum + person.made.length, 0)
    const tried = `${actions} actions and ${agent.moves} moves of the agent in ${minutes} min; ${made} cards made, ${refused} changes refused`
    return { what, tried, violations }
  } finally {
    await browser.close()
    await runtime.stop()
  }
}

async function boardOf(client: LoomcycleClient): Promise<string> {
  const { document_id } = await client.document({ op: 'create_document', title: 'Shared', path })
  const settings = { document_id, natural_key: 'board:main', title: 'Board', type: 'loom/board', fields: { columns } }
  await client.document({ op: 'upsert_chunk', ...settings })
  for (let n = 0; n < atFirst; n++) {
    const status = statuses[n % statuses.length]!
    await client.document({ op: 'create_chunk', document_id, title: `Card ${n + 1}`, status })
  }
  return document_id
}

class MovingAgent {
  moves = 0
  /** Of every card it has seen, by id. */
  readonly titles = new Map<string, string>()
  private readonly client: LoomcycleClient
  private readonly document: string
  private readonly random: Random

  constructor(client: LoomcycleClient, document: string, random: Random) {
    this.client = client
    this.document = document
    this.random = random
  }

  async act(): Promise<void> {
    const { chunks = [] } = await this.client.document({ op: 'query_chunks', document_id: this.document, limit: 1000 })
    for (const { id, title } of chunks) this.titles.set(id, title)
    const cards = chunks.filter(({ status }) => status)
    const { id } = cards[this.random.between(0, cards.length - 1)]!
    const beside = cards[this.random.between(0, cards.length - 1)]!
    try {
      if (this.random.between(0, 3) === 0) {
        const { revision } = await this.client.document({ op: 'get_chunk', id })
        await this.client.document({ op: 'update_chunk', id, revision, status: this.random.pick(statuses) })
      } else {
        await this.client.document({ op: 'move_card', id, status: beside.status!, after_id: beside.id })
      }
      this.moves++
    } catch (error) {
      // Full, changed since, or taken back by whoever made it.
      if (!(error instanceof LoomcycleError) || (error.status ?? 0) >= 500) throw error
    }
  }
}

async function rowsOf(client: LoomcycleClient, document_id: string): Promise<Record<string, string[]>> {
  const { chunks = [] } = await client.document({ op: 'query_chunks', document_id, sort: 'rank', limit: 1000 })
  return Object.fromEntries(
    statuses.map((status) => [status, chunks.filter((chunk) => chunk.status === status).map(({ title }) => title)]),
  )
}

/** Where a screen, once it is still, says something else than the rows. */
async function differences(person: Mover, client: LoomcycleClient, document: string): Promise<string[]> {
  const rows = await rowsOf(client, document)
  let seen: Record<string, string[]> = {}
  for (let tries = 0; tries < 20; tries++) {
    seen = await person.columns()
    if (statuses.every((status) => JSON.stringify(seen[status]) === JSON.stringify(rows[status]))) return []
    await person.page.waitForTimeout(500)
  }
  return statuses
    .filter((status) => JSON.stringify(seen[status]) !== JSON.stringify(rows[status]))
    .map((status) => `${status} is ${rows[status]!.join(', ')}, and the screen says ${seen[status]?.join(', ')}`)
}

function twice(titles: readonly string[]): string[] {
  return titles.filter((title, at) => titles.indexOf(title) !== at)
}
