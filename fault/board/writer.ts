/// <reference lib="dom" />
import type { Browser, Page } from '@playwright/test'
import { OpenChunk } from '../../e2e/fixtures/open-chunk.ts'
import type { Random } from '../random.ts'

/** In milliseconds; a save takes a hundredth of it. */
const mostPatience = 60_000

/** Somebody in a browser of their own who writes texts, changes statuses, and decides what two have written. */
export class Writer {
  /** What was typed, by chunk. */
  readonly words = new Map<string, string[]>()
  /** How many times two versions were shown. */
  shown = 0
  /** Two versions stayed, whatever was clicked. */
  isStuck = false
  readonly chunk: OpenChunk
  private readonly name: string
  private readonly random: Random
  private typed = 0

  private constructor(page: Page, name: string, random: Random) {
    this.chunk = new OpenChunk(page)
    this.name = name
    this.random = random
  }

  static async join(browser: Browser, url: string, name: string, random: Random): Promise<Writer> {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
    return new Writer(await context.newPage(), name, random)
  }

  async open(id: string): Promise<void> {
    await this.chunk.page.goto(`/docs/launch?view=outline&card=${id}`)
    await this.chunk.panel.getByRole('combobox', { name: 'Status of this chunk' }).waitFor()
  }

  /** Does one thing; `id` is what is open. */
  async act(id: string): Promise<void> {
    await this.decide()
    const does = this.random.between(0, 9)
    if (does < 7) await this.write(id)
    else if (does < 9) await this.changeStatus()
    else await this.chunk.page.reload()
  }

  /** Takes both, wherever two versions are shown, until nothing is left to be decided. */
  async decide(): Promise<void> {
    const { versions, panel } = this.chunk
    for (const [region, choice] of [
      [versions, /^Both/],
      [panel.getByRole('region', { name: 'Two versions', exact: true }), /^Keep/],
    ] as const) {
      if (!(await region.isVisible())) continue
      this.shown++
      for (let clicks = 0; clicks < 30 && (await region.isVisible()); clicks++) {
        // Another version may have come, or the last have gone, just before the click.
        await region
          .getByRole('button', { name: choice })
          .first()
          .click({ timeout: 2000 })
          .catch(() => {})
      }
      this.isStuck ||= await region.isVisible()
    }
  }

  /** Ends what is open, and waits until all of it is saved: what is not by then, as the browser keeps it. */
  async finish(): Promise<readonly string[]> {
    let left: string[] = []
    for (const until = performance.now() + mostPatience; performance.now() < until && !this.isStuck; ) {
      await this.decide()
      const done = this.chunk.button('Done')
      if (await done.isVisible()) await done.click({ timeout: 2000 }).catch(() => {})
      left = await this.chunk.page.evaluate(() =>
        Object.entries(localStorage)
          .filter(([key]) => key.startsWith('loomboard.edit.'))
          .map((entry) => entry.join(' ')),
      )
      if (left.length === 0) return left
      await this.chunk.page.waitForTimeout(500)
    }
    return left
  }

  private async write(id: string): Promise<void> {
    const { page, text } = this.chunk
    if (!(await text.isVisible())) {
      // Two versions may have come just before; they are decided first.
      const edit = this.chunk.button(/^(?:Edit the|Write a) text$/)
      await edit.click({ timeout: 5000 }).catch(() => {})
      if (!(await text.isVisible())) return
    }
    const lines = text.locator('.cm-line')
    const line = lines.nth(this.random.between(0, (await lines.count()) - 1))
    // What was to be clicked may have been rewritten just before.
    await line.click({ timeout: 5000 }).catch(() => text.focus())
    await page.keyboard.press(this.random.pick(['Home', 'End', 'Control+End']))
    const word = `${this.name}${++this.typed}.`
    await page.keyboard.type(` ${word}${this.random.pick(['', '', '\n\n'])} `, { delay: this.random.between(0, 40) })
    const words = this.words.get(id) ?? []
    this.words.set(id, [...words, word])
  }

  private async changeStatus(): Promise<void> {
    const status = this.chunk.panel.getByRole('combobox', { name: 'Status of this chunk' })
    // One that nothing has any more is offered no longer, perhaps as of just now; the last one asks for a new name.
    const offered = await status.locator('option').evaluateAll((options) => options.map((option) => option.textContent))
    const index = this.random.between(0, Math.max(0, offered.length - 2))
    await status.selectOption({ index }, { timeout: 2000 }).catch(() => {})
  }
}
