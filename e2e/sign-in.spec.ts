import type { Page } from '@playwright/test'
import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/test.ts'

const token = 'e2e-token-0123456789abcdef'

test.use({ runtimeOptions: { env: { LOOMCYCLE_AUTH_TOKEN: token } }, toleratesComplaints: true })

test('signing in: asked once, remembered by a cookie that no script can read, forgotten on signing out', async ({
  page,
  context,
}) => {
  const chat = new Chat(page)
  await page.goto('/chat')
  const field = page.getByLabel('Token')
  await expect(field).toBeFocused()
  await field.fill('not-the-token-0123456789')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toHaveText('The runtime does not know this token.')

  await field.fill(token)
  await page.keyboard.press('Enter')
  await expect(chat.message).toBeVisible()
  await chat.say('hello')
  await chat.expectPhase('Your turn')
  const conversation = page.url()

  await page.reload()
  await expect(chat.ownMessages).toHaveText(['You: hello'])
  expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict', path: '/' }])
  const readable = await page.evaluate(() =>
    JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]),
  )
  expect(readable).not.toContain(token)
  expect(JSON.stringify(await context.cookies())).not.toContain(token)

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(field).toBeVisible()
  expect(await context.cookies()).toEqual([])

  await page.goto(conversation)
  await field.fill(token)
  await page.keyboard.press('Enter')
  await expect(chat.ownMessages).toHaveText(['You: hello'])
})

test('signed-in browsers: another one is signed out from here, and then everywhere', async ({
  page,
  browser,
  runtime,
}) => {
  const signIn = async (on: Page) => {
    await on.goto('/chat')
    await on.getByLabel('Token').fill(token)
    await on.keyboard.press('Enter')
    await expect(new Chat(on).message).toBeVisible()
  }
  const phone = await browser.newContext({
    baseURL: runtime.url,
    userAgent: 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
  })
  const away = await phone.newPage()
  await signIn(away)
  await signIn(page)
  const conversation = new Chat(away)
  await conversation.say('hello')
  await conversation.expectPhase('Your turn')

  await page.getByRole('button', { name: 'Settings' }).click()
  const list = page.getByRole('region', { name: 'Signed-in browsers' })
  await expect(list.getByText('This browser')).toHaveCount(1)
  await list.getByRole('button', { name: 'Sign out Firefox on Android' }).click()
  await expect(away.getByLabel('Token')).toBeVisible()
  await expect(list.getByText('Firefox on Android')).toHaveCount(0)

  await signIn(away)
  await page.reload()
  await list.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByLabel('Token')).toBeVisible()
  await expect(away.getByLabel('Token')).toBeVisible()
  await phone.close()
})

test('after ten wrong tokens the page says that one has to wait, and how long', async ({ page }) => {
  await page.goto('/chat')
  const field = page.getByLabel('Token')
  for (let n = 0; n < 10; n++) {
    await field.fill(`not-the-token-${n}`)
    const answered = page.waitForResponse('**/ui/session')
    await page.keyboard.press('Enter')
    await answered
  }
  await field.fill(token)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText(/Too many wrong credentials .* try again in \d+ s/)
})

test('a link with the token signs in, and the token does not stay in the address', async ({ page, context }) => {
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  await page.goto(`/ui#token=${token}`)
  await expect(new Chat(page).message).toBeVisible()
  expect(page.url()).not.toContain(token)
  expect(asked.join('\n')).not.toContain(token)
  await page.goBack()
  expect(page.url()).not.toContain(token)
})

test('without signing in, the wire refuses and pages from elsewhere are turned away', async ({ request, runtime }) => {
  const read = async (path: string, headers: Record<string, string> = {}) =>
    (await request.get(path, { headers })).status()
  expect(await read('/healthz')).toBe(200)
  expect(await read('/v1/_me')).toBe(401)
  expect(await read('/v1/_me', { authorization: `Bearer ${token}` })).toBe(200)
  expect(await read('/v1/_me', { authorization: 'Bearer nope' })).toBe(401)
  // No page from elsewhere has the token, so who has it may call the runtime what they like.
  expect(await read('/v1/_me', { authorization: `Bearer ${token}`, host: 'nas.example' })).toBe(200)
  expect(await read('/v1/_me', { host: 'evil.example' })).toBe(403)

  const crossSite = await request.post(`${runtime.url}/ui/session`, {
    headers: { authorization: `Bearer ${token}`, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  })
  expect(crossSite.status()).toBe(403)
})
