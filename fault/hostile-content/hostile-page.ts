/// <reference lib="dom" />
import { type Browser, expect, type Page } from '@playwright/test'
import { Chat } from '../../e2e/fixtures/chat.ts'
import { startTasks, type TaskWatch } from './longest-task.ts'

/** What is said after a hostile answer, and what is answered to that: it stands below whatever came of the first. */
const afterwards = 'And now?'
export const stillHere = 'Still here.'

/** So long a page may take to have drawn what is asked of it, before it counts as frozen. */
const frozenMs = 45_000
/** What is parsed in a worker, or waits for its turn, comes after the words that tell that a page is there. */
const settleMs = 1700

export interface Opening {
  longestTask: number
  complaints: string[]
  /** Where the page was in the end. */
  path: string
}

// Waited for without `expect`, which reads the whole page aloud each time that something is not there yet.

/** Streams an answer into a new conversation, and goes on talking. */
export function stream(browser: Browser, url: string, name: string): Promise<Opening> {
  return watched(browser, async (page, begin) => {
    const chat = new Chat(page)
    await chat.open(`${url}/chat`)
    await page.waitForTimeout(800)
    await begin()
    await chat.say(name)
    await answered(chat)
    // Whatever came of it, it is there.
    await chat.conversation.locator('.md').first().waitFor({ state: 'attached', timeout: frozenMs })
    await chat.say(afterwards)
    await chat.conversation.getByText(stillHere).last().waitFor({ timeout: frozenMs })
    await answered(chat)
    await page.waitForTimeout(settleMs)
    await typing(chat)
  })
}

/** Opens a stored conversation from the list, looks at its end and at its beginning. */
export function openStored(browser: Browser, url: string, path: string): Promise<Opening> {
  return watched(browser, async (page, begin) => {
    const chat = new Chat(page)
    await chat.open(`${url}/chat`)
    const entry = page.locator(`a[href="${path}"]`)
    await entry.hover()
    await page.waitForTimeout(800)
    await begin()
    await entry.click()
    await chat.conversation.getByText(stillHere).last().waitFor({ timeout: frozenMs })
    await page.waitForTimeout(settleMs)
    await typing(chat)
    await chat.toStart()
    await chat.ownMessages.first().waitFor({ timeout: frozenMs })
    await chat.conversation.locator('.md').first().waitFor({ state: 'attached', timeout: frozenMs })
    await page.waitForTimeout(settleMs)
    await typing(chat)
  })
}

/** Opens a chunk from its document's outline. */
export function openChunk(browser: Browser, url: string, documentId: string, chunk: string): Promise<Opening> {
  return watched(browser, async (page, begin) => {
    await page.goto(`${url}/documents/${documentId}`)
    const line = page.getByRole('treeitem', { name: chunk, exact: false }).first()
    await line.waitFor()
    await page.waitForTimeout(800)
    await begin()
    await line.click()
    const history = page.getByRole('region', { name: 'Chunk' }).getByRole('region', { name: 'History' })
    await history.waitFor({ timeout: frozenMs })
    await page.waitForTimeout(settleMs)
    await page
      .getByRole('region', { name: 'Chunk' })
      .getByRole('button', { name: /Copy a reference/ })
      .hover()
  })
}

/** Somebody writes: the field takes it, and nothing is in its way. */
async function typing(chat: Chat): Promise<void> {
  await chat.message.click({ timeout: frozenMs })
  await chat.page.keyboard.insertText('Typed')
  await expect(chat.message).toHaveValue('Typed', { timeout: frozenMs })
  await chat.message.fill('')
}

async function answered(chat: Chat): Promise<void> {
  await chat.page.getByRole('banner').getByText('Your turn', { exact: true }).waitFor({ timeout: frozenMs })
}

type Work = (page: Page, begin: () => Promise<void>) => Promise<void>

/** What happened to a page, and the longest task of its main thread from `begin` on. */
async function watched(browser: Browser, work: Work): Promise<Opening> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error in the page: ${error.message}`))
  page.on('crash', () => complaints.push('the page crashed'))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`the page says: ${message.text().slice(0, 200)}`)
  })
  let tasks: TaskWatch | undefined
  let longestTask = Number.POSITIVE_INFINITY
  try {
    await work(page, async () => {
      tasks = await startTasks(browser, page)
    })
    longestTask = (await tasks?.longest()) ?? 0
  } catch (error) {
    complaints.push(String(error).split('\n')[0] ?? '')
    await tasks?.longest().catch(() => {})
  }
  const path = new URL(page.url()).pathname
  await Promise.race([context.close(), new Promise((resolve) => setTimeout(resolve, 5000))])
  return { longestTask, complaints, path }
}
