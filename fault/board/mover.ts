/// <reference lib="dom" />
import type { Browser, Locator, Page } from '@playwright/test'
import type { Random } from '../random.ts'

declare global {
  interface Window {
    /** Hears what the page says to its reader, aloud or in a message. */
    heard(words: string): void
  }
}

/** How it is said that something was not done. */
const refusal = /is still there|stays where it was|Nothing was undone|was not|were not/

/** A change that the server did not take; times in milliseconds since the epoch. */
interface Refusal {
  at: number
  status: number
  asked: string
  /** Which thing was to be changed, and how. */
  what: string
  id: string
}

/** In milliseconds; telling takes a hundredth of it. */
const patience = 20_000

/** So many that every column shows all of its own. */
const mostCards = 60

/** Somebody in a browser of their own who moves cards, one and several, makes new ones, and takes back what they did. */
export class Mover {
  readonly page: Page
  /** Titles of what was made here. */
  readonly made: string[] = []
  /** Moves and changes that the server did not take. */
  readonly refusals: Refusal[] = []
  private readonly asked: { at: number; what: string }[] = []
  private readonly said: { at: number; words: string }[] = []
  private readonly name: string
  private readonly random: Random

  private constructor(page: Page, name: string, random: Random) {
    this.page = page
    this.name = name
    this.random = random
  }

  static async join(browser: Browser, url: string, name: string, random: Random): Promise<Mover> {
    // So high that no column has to leave cards out.
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 6000 } })
    const mover = new Mover(await context.newPage(), name, random)
    await context.exposeFunction('heard', (words: string) => mover.said.push({ at: Date.now(), words }))
    await context.addInitScript(listen)
    mover.watchRefusals()
    return mover
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${path}?view=board`)
    await this.cards.first().waitFor()
  }

  async act(): Promise<void> {
    const does = this.random.between(0, 19)
    if (does < 6) await this.carry()
    else if (does < 10) await this.moveByKey()
    else if (does < 12) await this.carryByKey()
    else if (does < 14) await this.moveSeveral()
    else if (does < 16 && (await this.cards.count()) < mostCards) await this.make()
    else if (does < 19) await this.undo()
    else await this.reload()
  }

  /** Lets go of whatever is held, focused or open, so that nothing of what others did is kept away. */
  async rest(): Promise<void> {
    for (let n = 0; n < 3; n++) await this.page.keyboard.press('Escape')
    await this.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await this.page.mouse.move(1, 1)
  }

  /** Titles by the name of their column, from top to bottom. */
  columns(): Promise<Record<string, string[]>> {
    return this.page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll('section[aria-label], [role="region"]')].flatMap((region) => {
          const name = /^(.+), \d+ cards?/.exec(region.getAttribute('aria-label') ?? '')?.[1]
          const titles = [...region.querySelectorAll('article h3')].map((title) => title.textContent ?? '')
          return name ? [[name.toLowerCase(), titles]] : []
        }),
      ),
    )
  }

  private get cards(): Locator {
    return this.page.getByRole('article')
  }

  private async any(): Promise<Locator> {
    return this.cards.nth(this.random.between(0, (await this.cards.count()) - 1))
  }

  private async carry(): Promise<void> {
    const [what, over] = [await this.any(), await this.any()]
    const [from, to] = [await boxOf(what), await boxOf(over)]
    if (!from || !to) return
    await this.page.mouse.move(from.x + from.width / 2, from.y + 12)
    await this.page.mouse.down()
    const y = this.random.between(0, 1) === 0 ? to.y + 4 : to.y + to.height - 4
    await this.page.mouse.move(to.x + to.width / 2, y - 20, { steps: 6 })
    await this.page.mouse.move(to.x + to.width / 2, y, { steps: this.random.between(2, 6) })
    if (this.random.between(0, 9) === 0) await this.page.keyboard.press('Escape')
    await this.page.mouse.up()
  }

  private async focusAny(): Promise<void> {
    // What was to be focused may have gone elsewhere just before.
    await (await this.any()).focus({ timeout: 2000 }).catch(() => {})
  }

  private async moveByKey(): Promise<void> {
    await this.focusAny()
    for (let n = this.random.between(1, 3); n > 0; n--) await this.page.keyboard.press(this.random.pick(['[', ']']))
  }

  private async carryByKey(): Promise<void> {
    await this.focusAny()
    await this.page.keyboard.press('Space')
    const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const
    for (let n = this.random.between(1, 4); n > 0; n--) await this.page.keyboard.press(this.random.pick(arrows))
    await this.page.keyboard.press(this.random.between(0, 5) === 0 ? 'Escape' : 'Space')
  }

  private async moveSeveral(): Promise<void> {
    for (let n = this.random.between(2, 4); n > 0; n--) {
      await this.focusAny()
      await this.page.keyboard.press('x')
    }
    await this.page.keyboard.press(this.random.pick(['[', ']']))
    await this.page.keyboard.press('Escape')
  }

  private async make(): Promise<void> {
    await this.focusAny()
    await this.page.keyboard.press('c')
    for (let n = this.random.between(1, 2); n > 0; n--) {
      const title = `${this.name} ${this.made.length + 1}`
      const box = this.page.getByRole('textbox', { name: /^Title of the new card/ })
      if (!(await box.isVisible())) break
      this.made.push(title)
      await box.fill(title)
      await box.press('Enter')
    }
    await this.page.keyboard.press('Escape')
  }

  private async undo(): Promise<void> {
    await this.focusAny()
    for (let n = this.random.between(1, 2); n > 0; n--) await this.page.keyboard.press('ControlOrMeta+z')
  }

  private async reload(): Promise<void> {
    await this.page.reload()
    await this.cards.first().waitFor()
  }

  /** Refusals that nobody was told of, and that were not asked for again, as what only this page had changed is. */
  unsaid(titles: ReadonlyMap<string, string>): string[] {
    const told = this.said.filter(({ words }) => refusal.test(words))
    return this.refusals
      .filter(({ at, what }) => !this.asked.some((again) => again.what === what && again.at > at))
      .filter(({ at, id }) => {
        const title = titles.get(id) ?? ''
        return !told.some((saying) => saying.at >= at && saying.at < at + patience && saying.words.includes(title))
      })
      .map(({ status, asked }) => `${status} of ${asked.slice(0, 120)}`)
  }

  private watchRefusals(): void {
    this.page.on('request', (request) => {
      if (!request.url().endsWith('/v1/_document')) return
      const what = whatOf(request.postData() ?? '')
      if (what !== undefined) this.asked.push({ at: Date.now(), what })
    })
    this.page.on('response', (response) => {
      const request = response.request()
      const asked = request.postData() ?? ''
      const what = whatOf(asked)
      if (response.status() < 400 || what === undefined || !response.url().endsWith('/v1/_document')) return
      const { id = '' } = JSON.parse(asked)
      this.refusals.push({ at: request.timing().startTime, status: response.status(), asked, what, id })
    })
  }
}

/** Which thing a request changes, and how; undefined where it only reads. */
function whatOf(asked: string): string | undefined {
  const { op, id, title } = JSON.parse(asked || '{}')
  return /^(?:get|query|list|follow|search)_/.test(op) ? undefined : `${op} ${id ?? title}`
}

async function boxOf(card: Locator) {
  return card.boundingBox({ timeout: 2000 }).catch(() => null)
}

/** Runs in the page before anything else. */
function listen(): void {
  let last = ''
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      for (const node of [target, ...addedNodes]) {
        const element = node instanceof Element ? node : node.parentElement
        const words = element?.closest('[role="status"], [role="alert"], [aria-live]')?.textContent?.trim()
        if (words && words !== last) window.heard((last = words))
      }
    }
  }).observe(document, { childList: true, characterData: true, subtree: true })
}
