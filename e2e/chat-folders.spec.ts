import { Chat } from './fixtures/chat.ts'
import { seedManyChats } from './fixtures/seed-chat.ts'
import { expect, test } from './fixtures/test.ts'

test('a tag makes a folder, by keyboard alone; the folder stays open, and the address keeps what is filtered', async ({
  page,
  runtime,
}) => {
  await seedManyChats(runtime.dataDir, 3, (n) => ({ title: `Chat ${n}`, said: `Words of chat ${n}` }))
  const chat = new Chat(page)
  await chat.open()
  const list = page.getByRole('navigation', { name: 'Chats' })
  await list.getByRole('button', { name: 'Actions for Chat 2' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Tags…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Tags of Chat 2' })
  await page.keyboard.type('garden')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('option', { name: 'garden , on this chat' })).toBeVisible()
  await page.keyboard.press('Escape')

  await list.getByRole('button', { name: 'Tags and folders' }).press('Enter')
  await page.getByRole('menuitemcheckbox', { name: 'Folders by tag' }).press('Enter')
  await expect(list.getByRole('link')).toHaveCount(0)
  await list.getByRole('button', { name: /^garden/ }).press('Enter')
  await expect(list.getByRole('link')).toHaveText([/Chat 2/])
  await list.getByRole('button', { name: 'Without a tag' }).press('Enter')
  await expect(list.getByRole('link')).toHaveText([/Chat 2/, /Chat 1/, /Chat 3/])
  await page.reload()
  await expect(list.getByRole('link')).toHaveText([/Chat 2/, /Chat 1/, /Chat 3/])

  await list.getByRole('button', { name: 'Actions for Chat 1' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Tags…' }).press('Enter')
  await page.getByRole('option', { name: 'garden , not on this chat' }).click()
  await page.keyboard.press('Escape')
  await expect(list.getByRole('link')).toHaveText([/Chat 1/, /Chat 2/, /Chat 3/])

  await list.getByRole('button', { name: 'Tags and folders' }).press('Enter')
  await page.getByRole('menuitemcheckbox', { name: /^garden/ }).press('Enter')
  await expect(list.getByRole('link')).toHaveText([/Chat 1/, /Chat 2/])
  await expect(page).toHaveURL(/\?tag=garden$/)
  await list.getByRole('link', { name: /Chat 2/ }).click()
  await expect(page).toHaveURL(/\/chat\/s_\d+\?tag=garden$/)
  await page.reload()
  await expect(list.getByRole('link')).toHaveText([/Chat 1/, /Chat 2/])
  await list.getByRole('button', { name: 'Show all chats' }).click()
  await expect(list.getByRole('button', { name: 'Without a tag' })).toBeVisible()
  await expect(page).toHaveURL(/\/chat\/s_\d+$/)
})

test('a deleted chat is undone, also from another tab and after its own was closed', async ({ page, context }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('hello there')
  await chat.expectPhase('Your turn')
  const address = page.url()
  const other = new Chat(await context.newPage())
  await other.open()

  const list = page.getByRole('navigation', { name: 'Chats' })
  const remove = async () => {
    await page
      .getByRole('banner')
      .getByRole('button', { name: /^Actions for/ })
      .click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect(page).toHaveURL(/\/chat$/)
    await expect(list.getByText('No chats yet')).toBeVisible()
  }
  await remove()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page).toHaveURL(address)
  await expect(chat.ownMessages).toHaveText(['You: hello there'])
  await chat.say('and again')
  await chat.expectPhase('Your turn')

  await remove()
  await page.close()
  const otherList = other.page.getByRole('navigation', { name: 'Chats' })
  await other.page.bringToFront()
  await otherList.getByRole('button', { name: 'Archive', exact: true }).click()
  await otherList.getByText('Deleted', { exact: true }).click()
  await otherList.getByRole('button', { name: /^Bring back/ }).click()
  await expect(otherList.getByText('Nothing was deleted')).toBeVisible()
  await otherList.getByRole('button', { name: 'Archive', exact: true }).click()
  await otherList.getByRole('link', { name: /hello there/ }).click()
  await expect(other.ownMessages.filter({ hasText: 'and again' })).toBeVisible()
})

test('thousands of chats scroll with few of them drawn, and any is found', async ({ page, runtime }) => {
  const count = 5000
  await seedManyChats(runtime.dataDir, count, (n) => ({ title: `Number ${n}`, said: `This is ${n}` }))
  await page.goto('/chat')
  const list = page.getByRole('navigation', { name: 'Chats' })
  await expect(list.getByRole('link', { name: 'Number 1', exact: false }).first()).toBeVisible()
  await list.getByRole('link').first().hover()
  await expect(async () => {
    await page.mouse.wheel(0, 60_000)
    expect(await list.getByRole('link').count()).toBeLessThan(120)
    await expect(list.getByRole('link', { name: `Number ${count}`, exact: false })).toBeVisible({ timeout: 150 })
  }).toPass({ timeout: 60_000, intervals: [50] })
  await list.getByRole('searchbox').fill('Number 4321')
  await list.getByRole('link', { name: 'Number 4321' }).click()
  await expect(page.getByRole('heading', { name: 'You: This is 4321' })).toBeVisible()
  await expect(page.getByRole('banner').getByRole('button', { name: 'Actions for Number 4321' })).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('menus of the list open over it', async ({ page, runtime }) => {
    await seedManyChats(runtime.dataDir, 2, (n) => ({ title: `Chat ${n}`, said: 'x', tags: ['home'] }))
    await page.goto('/chat')
    await page.getByRole('button', { name: 'Open navigation' }).click()
    const list = page.getByRole('navigation', { name: 'Chats' })
    await list.getByRole('button', { name: 'Tags and folders' }).tap()
    await page.getByRole('menuitemcheckbox', { name: 'Folders by tag' }).tap()
    await list.getByRole('button', { name: /^home/ }).tap()
    await list.getByRole('button', { name: 'Actions for Chat 1' }).tap()
    await page.getByRole('menuitem', { name: 'Archive' }).tap()
    await expect(list.getByRole('link')).toHaveText([/Chat 2/])
  })
})
