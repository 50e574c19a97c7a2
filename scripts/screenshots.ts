import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { heavyAnswer } from '../bench/app/heavy-answer.ts'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { seedChats } from '../e2e/fixtures/seed-chat.ts'
import { buildStale } from './build.ts'
import { ensureChromium } from './chromium.ts'
import { cacheDir } from './paths.ts'

/** Pictures of the main screens, for people to look at: fonts and rasterisers differ too much to compare them. */
const folder = join(cacheDir, 'screenshots')
const widths = [1440, 390]
const themes = ['light', 'dark'] as const

const screens: Record<string, (page: Page, chat: string) => Promise<void>> = {
  async welcome(page) {
    await page.goto('/chat')
    await page.getByRole('region', { name: 'How to add a model' }).waitFor()
  },
  async answer(page) {
    await page.goto('/chat')
    await say(page, 'remember that I like rain')
    await page.getByText('I will remember').waitFor()
  },
  async markdown(page) {
    await page.goto('/chat')
    await say(page, 'Show me some Markdown')
    await page.getByText('The way it got here was not.').waitFor({ timeout: 90_000 })
  },
  async attaching(page) {
    await page.goto('/chat')
    const file = { name: 'a plan for the launch.md', mimeType: 'text/markdown', buffer: Buffer.from('# A plan') }
    await page.locator('input[type="file"]').setInputFiles([file, { ...file, name: 'scan.pdf', mimeType: '' }])
    await page.getByRole('textbox', { name: 'Message' }).fill('/')
    await page.getByText('The PDF is damaged.').waitFor()
  },
  async finding(page, chat) {
    await page.goto(`/chat/${chat}`)
    await page.getByText('The end of').waitFor()
    await page.keyboard.press('ControlOrMeta+f')
    await page.keyboard.type('scheduler')
    await page
      .getByRole('search')
      .getByText(/of \d+$/)
      .waitFor()
  },
  async outline(page, chat) {
    await page.goto(`/chat/${chat}`)
    await page.getByText('The end of').waitFor()
    await page.getByRole('button', { name: 'Outline', exact: true }).click()
    await page.getByRole('button', { name: 'Question 39:' }).waitFor()
  },
  async settings(page) {
    await page.goto('/settings')
    await page.getByText('Running for').waitFor()
  },
  async questions(page) {
    await page.goto('/inbox')
    await page.getByRole('heading').first().waitFor()
  },
  async runs(page) {
    await page.goto('/runs')
    await page.getByRole('heading').first().waitFor()
  },
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.locator('button[type="submit"]:enabled').click()
}

async function shoot(browser: Browser, baseURL: string, chat: string): Promise<void> {
  const asked = process.argv.slice(2)
  for (const width of widths) {
    for (const colorScheme of themes) {
      const context = await browser.newContext({ baseURL, colorScheme, viewport: { width, height: 900 } })
      for (const [name, open] of Object.entries(screens)) {
        if (asked.length > 0 && !asked.includes(name)) continue
        const page = await context.newPage()
        await open(page, chat)
        await page.waitForTimeout(800)
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) })
        await page.close()
      }
      await context.close()
    }
  }
}

if (!(await buildStale())) process.exit(1)
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const runtime = await startRuntime()
const browser = await chromium.launch({ executablePath: await ensureChromium() })
try {
  const [chat] = await seedChats(runtime.dataDir, [{ messages: 80, agent: 'demo', answer: heavyAnswer }])
  await shoot(browser, runtime.url, chat?.sessionId ?? '')
  console.log(`look at ${folder}`)
} finally {
  await browser.close()
  await runtime.stop()
}
