import { Chat } from './fixtures/chat.ts'
import { seedManyChats } from './fixtures/seed-chat.ts'
import { team } from './fixtures/team.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ runtimeOptions: team })

test('the list says what each conversation does, and what has happened since one looked', async ({ page, context }) => {
  const chat = new Chat(page)
  await chat.open()
  const list = page.getByRole('navigation', { name: 'Chats' })
  await chat.say('Name it')
  await expect(list.getByRole('link', { name: 'Waiting for you: Name it' })).toBeVisible()
  const address = page.url()
  await page.getByRole('link', { name: /^New chat/ }).click()
  await chat.say('Something else')
  await expect(list.getByRole('link', { name: 'Your turn: Something else' })).toBeVisible()

  const other = new Chat(await context.newPage())
  await other.open(address)
  await other
    .question(/called/)
    .getByRole('textbox')
    .fill('Rosebud')
  await other.page.keyboard.press('Enter')
  await expect(other.conversation.getByText('It is called Rosebud.')).toBeVisible()
  await other.page.close()
  await expect(list.getByRole('link', { name: /Your turn: .*Name it/ })).toBeVisible()
  await expect(page.getByText('lead has answered')).toBeVisible()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page).toHaveURL(address)
})

test('the palette goes to a chat by what was said in it', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.sayAndWait('Plum cake')
  const address = page.url()
  await chat.sayAndWait('The medlars are ripe')
  await chat.startNew()
  await chat.sayAndWait('Apple pie')
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox').fill('medlars')
  await page.getByRole('option', { name: /Plum cake.*medlars are ripe/ }).click()
  await expect(page).toHaveURL(address)
})

test('chats are found by title, archived, and brought back', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  for (const title of ['Plum cake', 'Apple pie']) {
    await chat.startNew()
    await chat.sayAndWait(title)
  }
  const list = page.getByRole('navigation', { name: 'Chats' })
  await expect(list.getByRole('link')).toHaveCount(2)
  await list.getByRole('searchbox').fill('plum')
  await expect(list.getByRole('link')).toHaveCount(1)
  await expect(list.getByRole('link', { name: /Plum cake/ })).toBeVisible()
  await list.getByRole('searchbox').fill('quince')
  await expect(list.getByText('Nothing found')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list.getByRole('link')).toHaveCount(2)

  await list.getByRole('link', { name: /Plum cake/ }).hover()
  await list.getByRole('button', { name: 'Actions for Plum cake' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(list.getByRole('link')).toHaveCount(1)
  await list.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(list.getByRole('link', { name: /Plum cake/ })).toBeVisible()
  await expect(list.getByRole('link')).toHaveCount(1)
  await list.getByRole('link', { name: /Plum cake/ }).hover()
  await list.getByRole('button', { name: 'Actions for Plum cake' }).click()
  await page.getByRole('menuitem', { name: 'Bring back' }).click()
  await expect(list.getByText('The archive is empty')).toBeVisible()
  await list.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(list.getByRole('link')).toHaveCount(2)
})

test('a list that grows long draws what can be seen of it, and goes to its end', async ({ page, runtime }) => {
  await seedManyChats(runtime.dataDir, 39, (n) => ({ title: `Chat ${n}`, said: `Words of chat ${n}` }))
  const chat = new Chat(page)
  await chat.open()
  const list = page.getByRole('navigation', { name: 'Chats' })
  await expect(list.getByRole('link')).toHaveCount(39)
  await chat.sayAndWait('One more')
  await expect(list.getByRole('link').first()).toHaveAccessibleName(/One more/)
  await expect(list.getByRole('link', { name: /Chat 39/ })).toHaveCount(0)
  await list.getByRole('link').first().hover()
  await page.mouse.wheel(0, 10_000)
  await expect(list.getByRole('link', { name: /Chat 39/ })).toBeInViewport()

  await page.reload()
  await expect(list.getByRole('link', { name: /One more/ })).toBeVisible()
  await expect(list.getByRole('link', { name: /Chat 39/ })).toHaveCount(0)
})
