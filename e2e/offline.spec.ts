import type { Page } from '@playwright/test'
import { Chat } from './fixtures/chat.ts'
import { startRuntime } from './fixtures/runtime-process.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ toleratesComplaints: true })

test('without the runtime the app opens, and what was looked at can be read', async ({ page, runtime }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('hello')
  await expect(chat.conversation.getByText('your 1st hello')).toBeVisible()
  await chat.expectPhase('Your turn')
  await expect(page).toHaveURL(/\/chat\/s_/)
  await isInstalled(page)
  await expect.poll(() => keptHere(page)).toContain('hello')

  await runtime.kill()
  await page.reload()
  await expect(page.getByText('The runtime does not answer. This is a copy from')).toBeVisible()
  await expect(chat.conversation.getByText('your 1st hello')).toBeVisible()
  await expect(page.getByRole('link', { name: /hello/ })).toBeVisible()
  await chat.say('thanks')
  await expect(page.getByText('Sends by itself when the runtime is back.')).toBeVisible()
  await expect(chat.message).toHaveValue('thanks')

  await runtime.restart()
  await expect(page.getByText('This is a copy from')).toBeHidden({ timeout: 20_000 })
  await expect(chat.ownMessages.filter({ hasText: 'thanks' })).toHaveCount(1)
  await expect(chat.message).toHaveValue('')
  await chat.expectPhase('Your turn')
  await chat.toStart()
  await expect(chat.ownMessages.first()).toHaveText('You: hello')
})

test('what is not to be sent by itself stays a draft', async ({ page, runtime }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.sayAndWait('hello')
  await isInstalled(page)
  await expect.poll(() => keptHere(page)).toContain('hello')
  await runtime.kill()
  await page.reload()
  await chat.say('thanks')
  await page.getByRole('button', { name: 'Don’t send yet' }).click()
  await runtime.restart()
  await expect(page.getByText('This is a copy from')).toBeHidden({ timeout: 20_000 })
  await expect(chat.message).toHaveValue('thanks')
  await expect(chat.ownMessages).toHaveText(['You: hello'])
})

test('whoever signs out leaves nothing behind, and the token is kept nowhere', async ({ page }) => {
  const token = 'e2e-token-0123456789abcdef'
  const runtime = await startRuntime({ env: { LOOMCYCLE_AUTH_TOKEN: token } })
  const chat = new Chat(page)
  await page.goto(runtime.url)
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await chat.say('hello')
  await chat.expectPhase('Your turn')
  await expect.poll(() => keptHere(page)).toContain('hello')
  expect(await keptHere(page)).not.toContain(token)

  await page.goto(`${runtime.url}/settings`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect.poll(() => keptHere(page)).not.toContain('hello')
  await runtime.stop()
})

test('the app can be installed', async ({ page, runtime }) => {
  await page.goto('/chat')
  const manifest = await page.evaluate(async () => {
    const { href } = document.querySelector<HTMLLinkElement>('link[rel="manifest"]') as HTMLLinkElement
    return (await fetch(href)).json()
  })
  expect(manifest).toMatchObject({ name: 'loomboard', display: 'standalone', start_url: '/chat' })
  for (const { src, sizes, type } of manifest.icons) {
    const answer = await page.request.get(runtime.url + src)
    expect(answer.headers()['content-type'], src).toBe(type)
    if (type !== 'image/png') continue
    const bytes = await answer.body()
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes)
  }
  await isInstalled(page)
})

/** The worker has everything and serves this page. */
async function isInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      )
  })
}

/** Everything this browser keeps of the app, as one text. */
function keptHere(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const request = indexedDB.open('loomboard')
    await new Promise((resolve) => request.addEventListener('success', resolve, { once: true }))
    const all = request.result.transaction('copies').objectStore('copies').getAll()
    await new Promise((resolve) => all.addEventListener('success', resolve, { once: true }))
    request.result.close()
    return JSON.stringify([all.result, { ...localStorage }, { ...sessionStorage }])
  })
}
