import { startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import { LoomcycleClient } from '../../packages/client/src/index.ts'
import { atMost, type Benchmark, type Measurement, median, percentile } from '../benchmark.ts'
import { launchBrowser, type MeasuredPage, openPage } from './measured-page.ts'

const sizes = [
  { cards: 500, opening: 300 },
  { cards: 5000, opening: 500 },
]
const statuses = ['idea', 'todo', 'doing', 'review', 'done']
const rounds = 3
const remoteChanges = 40
const perSecond = 20
const longestFrame = 50
const batch = 100

/** Hundreds and thousands of cards: opened, carried across, changed by others while one watches, and while one types. */
export const board: Benchmark = {
  name: 'board',
  async run() {
    const runtime = await startRuntime({})
    const client = new LoomcycleClient({ baseUrl: runtime.url })
    const browser = await launchBrowser()
    const measurements: Measurement[] = []
    try {
      for (const { cards, opening } of sizes) {
        const document = await seed(client, cards)
        const address = `${runtime.url}/documents/${document.id}?view=board`
        const opened: number[] = []
        for (let round = 0; round < rounds; round++) {
          const measured = await openPage(browser)
          await measured.page.goto(`${runtime.url}/docs`)
          await measured.page.waitForTimeout(1500)
          opened.push(await openFromApp(measured, address))
          await measured.close()
        }
        measurements.push(atMost(`${cards} cards: the board is drawn after`, median(opened), opening, 'ms'))
        const measured = await openPage(browser)
        await measured.page.goto(address)
        await measured.page.locator('[data-card]').first().waitFor()
        await measured.page.waitForTimeout(1500)
        measurements.push(...(await carried(measured)))
        measurements.push(...(await watched(measured, client, document)))
        measurements.push(...(await typed(measured, client, document)))
        await measured.close()
      }
      return measurements
    } finally {
      await browser.close()
      await runtime.stop()
    }
  },
}

interface Seeded {
  id: string
  cards: { id: string; revision: number }[]
}

async function seed(client: LoomcycleClient, count: number): Promise<Seeded> {
  const { document_id, root_chunk_id } = await client.document({ op: 'create_document', title: `${count} cards` })
  const cards: Seeded['cards'] = []
  for (let n = 0; n < count; n += batch) {
    const made = Array.from({ length: batch }, (_, i) =>
      client.document({
        op: 'create_chunk',
        document_id,
        parent_id: root_chunk_id,
        title: `Card ${n + i}: something that has to be done by somebody`,
        status: statuses[(n + i) % statuses.length]!,
        tags: [`team-${(n + i) % 7}`],
        fields: { owner: `Person ${(n + i) % 9}`, date: '2027-01-20' },
      }),
    )
    cards.push(...(await Promise.all(made)).map(({ id, revision }) => ({ id, revision })))
  }
  return { id: document_id, cards }
}

/** From within the app, as somebody does who chooses the document there: to the first cards on the screen. */
function openFromApp({ page }: MeasuredPage, address: string): Promise<number> {
  return page.evaluate(async (to) => {
    const { pathname, search } = new URL(to)
    const start = performance.now()
    history.pushState({}, '', pathname + search)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
    while (!document.querySelector('[data-card]')) await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    return performance.now() - start
  }, address)
}

async function carried(measured: MeasuredPage): Promise<Measurement[]> {
  const { page } = measured
  const box = await page.locator('[data-card]').first().boundingBox()
  if (!box) throw new Error('There is no card to be carried.')
  await measured.take()
  await page.mouse.move(box.x + 40, box.y + 20)
  await page.mouse.down()
  for (let step = 1; step <= 60; step++) await page.mouse.move(box.x + 40 + step * 12, box.y + 20 + (step % 20) * 20)
  const { longTasks, frames } = await measured.take()
  await page.mouse.up()
  await page.waitForTimeout(500)
  return [
    atMost('  longest task of carrying a card across', Math.max(0, ...longTasks), longestFrame, 'ms'),
    atMost('  95 of 100 frames meanwhile', percentile(frames, 95), longestFrame, 'ms'),
  ]
}

async function watched(measured: MeasuredPage, client: LoomcycleClient, { cards }: Seeded): Promise<Measurement[]> {
  const { page } = measured
  const seen: number[] = []
  await page.mouse.move(5, 5)
  await measured.take()
  for (let n = 0; n < remoteChanges; n++) {
    const title = `Changed ${n} at ${cards.length}`
    const isSeen = page.evaluate(async (words) => {
      const isThere = () => [...document.querySelectorAll('[data-card] h3')].some((each) => each.textContent === words)
      while (!isThere()) await new Promise(requestAnimationFrame)
      return Date.now()
    }, title)
    const start = Date.now()
    const [at] = await Promise.all([isSeen, changed(client, cards[1 + (n % 20)]!, { op: 'update_chunk', title })])
    seen.push(at - start)
  }
  const { longTasks } = await measured.take()
  return [
    atMost('  what others change is seen after (95 of 100)', percentile(seen, 95), 1000, 'ms'),
    atMost('  longest task meanwhile', Math.max(0, ...longTasks), longestFrame, 'ms'),
  ]
}

/** Others move and rename cards, twenty times a second. */
async function typed(measured: MeasuredPage, client: LoomcycleClient, { cards }: Seeded): Promise<Measurement[]> {
  const { page } = measured
  const card = page.locator(`[data-card="${cards[5]?.id}"]`)
  await card.focus()
  await page.keyboard.press('e')
  await measured.take()
  let isOver = false
  const others = (async () => {
    for (let n = 0; !isOver; n++) {
      const card = cards[21 + (n % (cards.length - 21))]!
      const status = statuses[n % statuses.length]!
      const change =
        n % 2 === 0 ? { op: 'move_card' as const, status } : { op: 'update_chunk' as const, title: `Theirs ${n}` }
      await Promise.all([
        changed(client, card, change),
        new Promise((resolve) => setTimeout(resolve, 1000 / perSecond)),
      ])
    }
  })()
  await page.keyboard.type('What somebody types while others are busy with the board', { delay: 80 })
  const { keys, longTasks } = await measured.take()
  isOver = true
  await others
  await page.keyboard.press('Enter')
  return [
    atMost('  typing in a card while others change 20 a second: slowest key', Math.max(16, ...keys), 100, 'ms'),
    atMost('  longest task meanwhile', Math.max(0, ...longTasks), longestFrame, 'ms'),
  ]
}

/** Somebody else changes a card. */
async function changed(
  client: LoomcycleClient,
  card: Seeded['cards'][number],
  change: { op: 'move_card'; status: string } | { op: 'update_chunk'; title: string },
): Promise<void> {
  const { id, revision } = card
  const made =
    change.op === 'move_card'
      ? await client.document({ ...change, id })
      : await client.document({ ...change, id, revision })
  card.revision = made.revision
}
