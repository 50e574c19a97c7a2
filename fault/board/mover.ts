/// <reference lib="dom" />
import type { Browser, Locator, Page } from '@playwright/test'
import type { Random } from '../random.ts'

declare global {
  interface Window {
    /** What the page has said to its reader, aloud or in a message. */
    said: string[]
  }
}

/** So many that every column shows all of its own. */
const mostCards = 60

/** Somebody in a browser of their own who moves cards, one and several, makes new ones, and takes back what they did. */
export class Mover {
  readonly page: Page
  /** Titles of what was made here. */
  readonly made: string[] = []
  /** Moves and changes that the server did not take. */
  refused = 0
  /** Of those, what nobody was told of. */
  readonly unsaid: string[] = []
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
    await context.addInitScript(listen)
    const mover = new Mover(await context.newPage(), name, random)
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

  private watchRefusals(): void {
    this.page.on('response', async (response) => {
      if (response.status() < 400 || !response.url().endsWith('/v1/_document')) return
      const asked = response.request().postData() ?? ''
      this.refused++
      try {
        const before = await this.page.evaluate(() => window.said.length)
        await this.page.waitForFunction((count) => window.said.length > count, before - 1, { timeout: 5000 })
      } catch {
        this.unsaid.push(`${response.status()} of ${asked.slice(0, 120)}`)
      }
    })
  }
}

async function boxOf(card: Locator) {
  return card.boundingBox({ timeout: 2000 }).catch(() => null)
}

/** Runs in the page before anything else. */
function listen(): void {
  window.said = []
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      for (const node of [target, ...addedNodes]) {
        const element = node instanceof Element ? node : node.parentElement
        const words = element?.closest('[role="status"], [role="alert"], [aria-live]')?.textContent?.trim()
        if (words && window.said.at(-1) !== words) window.said.push(words)
      }
    }
  }).observe(document, { childList: true, characterData: true, subtree: true })
}
