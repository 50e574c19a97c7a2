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

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(field).toBeVisible()
  expect(await context.cookies()).toEqual([])

  await page.goto(conversation)
  await field.fill(token)
  await page.keyboard.press('Enter')
  await expect(chat.ownMessages).toHaveText(['You: hello'])
})

test('without signing in, the wire refuses and pages from elsewhere are turned away', async ({ request, runtime }) => {
  const read = async (path: string, headers: Record<string, string> = {}) =>
    (await request.get(path, { headers })).status()
  expect(await read('/healthz')).toBe(200)
  expect(await read('/v1/_me')).toBe(401)
  expect(await read('/v1/_me', { authorization: `Bearer ${token}` })).toBe(200)
  expect(await read('/v1/_me', { authorization: 'Bearer nope' })).toBe(401)
  expect(await read('/v1/_me', { authorization: `Bearer ${token}`, host: 'evil.example' })).toBeGreaterThanOrEqual(400)

  const crossSite = await request.post(`${runtime.url}/ui/session`, {
    headers: { authorization: `Bearer ${token}`, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  })
  expect(crossSite.status()).toBe(403)
})
