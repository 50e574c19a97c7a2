/// <reference lib="dom" />
import type { LoomcycleClient } from '../../packages/client/src/index.ts'
import { atMost, type Measurement, percentile } from '../benchmark.ts'
import type { MeasuredPage } from './measured-page.ts'

export const longestFrame = 50
const slowestKey = 50
const visibleAfter = 300
const statuses = ['idea', 'todo', 'doing', 'review', 'done']
const remoteChanges = 40
const perSecond = 20
const batch = 100
const words = 'What somebody types while others are busy with the same document'

export interface Seeded {
  id: string
  cards: { id: string; revision: number }[]
}

/** A document with so many cards, of so many owners. */
export async function seed(client: LoomcycleClient, count: number, owners = 9): Promise<Seeded> {
  const { document_id, root_chunk_id } = await client.document({ op: 'create_document', title: `${count} cards` })
  const cards: Seeded['cards'] = []
  for (let n = 0; n < count; n += batch) {
    const made = Array.from({ length: batch }, (_, i) =>
      client.document({
        op: 'create_chunk',
        document_id,
        parent_id: root_chunk_id,
        title: `Card ${n + i}: something that has to be done by somebody`,
        body: 'Some words about what is to be done, and by whom.',
        status: statuses[(n + i + Math.floor((n + i) / owners)) % statuses.length]!,
        tags: [`team-${(n + i) % 7}`],
        fields: { owner: `Person ${String((n + i) % owners).padStart(3, '0')}`, date: '2027-01-20' },
      }),
    )
    cards.push(...(await Promise.all(made)).map(({ id, revision }) => ({ id, revision })))
  }
  return { id: document_id, cards }
}

/** From within the app, as somebody does who chooses the document there: to the first of them on the screen. */
export function openFromApp({ page }: MeasuredPage, address: string, first: string): Promise<number> {
  return page.evaluate(
    async ([to, selector]) => {
      const { pathname, search } = new URL(to!)
      const start = performance.now()
      history.pushState({}, '', pathname + search)
      dispatchEvent(new PopStateEvent('popstate', { state: {} }))
      while (!document.querySelector(selector!)) await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
      return performance.now() - start
    },
    [address, first],
  )
}

/** Others rename one after another of what is on the screen. */
export async function watched(
  measured: MeasuredPage,
  client: LoomcycleClient,
  { cards }: Seeded,
  titles: string,
): Promise<Measurement[]> {
  const { page } = measured
  const seen: number[] = []
  const shown = await page
    .locator(titles)
    .evaluateAll((all) =>
      all
        .filter((each) => each.getBoundingClientRect().bottom < innerHeight - 40)
        .map((each) => each.textContent ?? ''),
    )
  const onScreen = shown.flatMap((title) => cards[Number(/^Card (\d+)/.exec(title)?.[1])] ?? []).slice(0, 12)
  await page.mouse.move(5, 5)
  await measured.take()
  for (let n = 0; n < remoteChanges; n++) {
    const title = `Changed ${n} at ${Date.now()}`
    const isSeen = page.evaluate(
      async ([selector, words]) => {
        const isThere = () => [...document.querySelectorAll(selector!)].some((each) => each.textContent === words)
        while (!isThere()) await new Promise(requestAnimationFrame)
        return Date.now()
      },
      [titles, title],
    )
    const start = Date.now()
    const [at] = await Promise.all([
      isSeen,
      changed(client, onScreen[n % onScreen.length]!, { op: 'update_chunk', title }),
    ])
    seen.push(at - start)
  }
  const { longTasks } = await measured.take()
  return [
    atMost('  what others change is seen after (95 of 100)', percentile(seen, 95), visibleAfter, 'ms'),
    atMost('  longest task meanwhile', Math.max(0, ...longTasks), longestFrame, 'ms'),
  ]
}

/** Somebody types into what has the keyboard, while others move and rename cards, twenty times a second. */
export async function typed(
  measured: MeasuredPage,
  client: LoomcycleClient,
  { cards }: Seeded,
  where: string,
): Promise<Measurement[]> {
  const { page } = measured
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
  await page.waitForTimeout(500)
  await measured.take()
  await page.keyboard.type(words, { delay: 80 })
  const { keys, longTasks } = await measured.take()
  isOver = true
  await others
  // The browser tells only of keys that took longer than a frame.
  const all = [...keys, ...Array<number>(Math.max(0, words.length - keys.length)).fill(16)]
  return [
    atMost(`  typing in ${where} at 20 changes a second: 95 of 100 keys`, percentile(all, 95), slowestKey, 'ms'),
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
