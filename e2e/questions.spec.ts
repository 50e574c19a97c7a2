import { Chat } from './fixtures/chat.ts'
import { team } from './fixtures/team.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ runtimeOptions: team })

test('a question is answered where it is asked; what was sent meanwhile is read after it', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Which plan is it?')
  const question = chat.question(/Which plan shall I take/)
  await expect(question.getByText('Urgent')).toBeVisible()
  await expect(question.getByRole('timer')).toHaveText(/left$/)
  await chat.expectPhase('Waiting for you')
  await expect(chat.tool(/Interruption/)).toHaveCount(0)

  const more = question.getByRole('button', { name: 'Show all' })
  await more.click()
  await expect(question.getByRole('button', { name: 'Show less' })).toBeVisible()

  await expect(page.getByText('What you send here is read after it')).toBeVisible()
  await chat.say('thank you')
  await expect(chat.conversation.getByText('Queued: the agent reads it after your answer')).toBeVisible()

  await page.keyboard.press('Alt+q')
  await expect(question.getByRole('button', { name: 'Blue' })).toBeFocused()
  await page.keyboard.press('2')
  await expect(question.getByText('Answered: Green')).toBeVisible()
  await expect(question.getByRole('button', { name: 'Blue' })).toBeHidden()
  await expect(chat.message).toBeFocused()
  await expect(chat.conversation.getByText('I heard: thank you')).toBeVisible()
  await chat.expectPhase('Your turn')
  await expect(chat.ownMessages).toHaveText(['You: Which plan is it?', 'You: thank you'])

  await page.reload()
  await expect(chat.conversation.getByText('I heard: thank you')).toBeVisible()
  await expect(chat.question(/Which plan shall I take/).getByText('Answered: Green')).toBeVisible()
  await chat.say('still there?')
  await expect(chat.conversation.getByText('I heard: still there?')).toBeVisible()
})

test('an answer from a second tab clears the question in the first, and loses nothing that was typed', async ({
  page,
  context,
}) => {
  const first = new Chat(page)
  await first.open()
  await first.say('Name it')
  const field = first.question(/called/).getByRole('textbox', { name: 'Your answer' })
  await field.fill('Half a name')
  await page.reload()
  await expect(field).toHaveValue('Half a name')

  const second = new Chat(await context.newPage())
  await second.open(page.url())
  const other = second.question(/called/)
  await other.getByRole('textbox', { name: 'Your answer' }).fill('Rosebud')
  await second.page.keyboard.press('Enter')
  for (const tab of [first, second]) {
    await expect(tab.question(/called/).getByText('Answered: Rosebud')).toBeVisible()
    await expect(tab.conversation.getByText('It is called Rosebud.')).toBeVisible()
    await tab.expectPhase('Your turn')
  }
  await expect(field).toBeHidden()
})

test('two questions at once are answered one by one, in any order', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Two questions')
  await chat.question('Question: Sugar?').getByRole('button', { name: 'None' }).click()
  await expect(chat.question('Question: Sugar?').getByText('Answered: None')).toBeVisible()
  await chat.expectPhase('Waiting for you')
  await chat.question('Question: Coffee?').getByRole('button', { name: 'Yes' }).click()
  await expect(chat.conversation.getByText('Coffee: Yes. Sugar: None.')).toBeVisible()
})

test('a question can be declined, and expires by itself', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Name it')
  await chat
    .question(/called/)
    .getByRole('button', { name: 'Decline' })
    .click()
  await expect(chat.question(/called/).getByText(/^Declined/)).toBeVisible()
  await chat.expectPhase('Your turn')

  await chat.say('Hurry')
  await expect(chat.question(/left or right/).getByText('Nobody answered in time.')).toBeVisible({ timeout: 20_000 })
  await expect(chat.question(/left or right/).getByRole('button')).toHaveCount(0)
  await expect(chat.conversation.getByText('Then I decide myself.')).toBeVisible({ timeout: 20_000 })
})

test('stopping the turn takes its question back, and it never returns', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Which plan is it?')
  await expect(chat.question(/Which plan/)).toBeVisible()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(chat.question(/Which plan/).getByText(/^Taken back/)).toBeVisible()
  await chat.expectPhase('Your turn')
  await page.reload()
  await expect(chat.question(/Which plan/).getByText(/^Taken back/)).toBeVisible()
  await expect(page.getByRole('link', { name: /^Inbox/ })).toHaveText('Inbox')
  await chat.say('go on')
  await expect(chat.conversation.getByText('I heard: go on')).toBeVisible()
})

test('a notice is shown and asks nothing', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Tell me something')
  await expect(chat.conversation.getByText('Half of it is done.')).toBeVisible()
  await expect(chat.conversation.getByText('That was all.')).toBeVisible()
  await expect(chat.tool(/Interruption/)).toHaveCount(0)
})

test('all open questions are in one place, and can be answered there', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.say('Name it')
  await chat.expectPhase('Waiting for you')
  await chat.startNew()
  await chat.say('Which plan is it?')
  await chat.expectPhase('Waiting for you')
  await expect(page).toHaveTitle(/^\(2\) /)
  await page.getByRole('link', { name: 'Inbox 2 open' }).click()

  await expect(page.getByRole('main').getByRole('group', { name: /^Question: / })).toHaveCount(2)
  await expect(
    page
      .getByRole('main')
      .getByRole('group', { name: /^Question: / })
      .first(),
  ).toHaveAccessibleName(/Which plan/)
  await chat
    .question(/Which plan/)
    .getByRole('button', { name: 'Blue' })
    .click()
  await expect(chat.question(/Which plan/).getByText('Answered: Blue')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Inbox 1 open' })).toBeVisible()

  await page.getByRole('main').getByRole('link', { name: 'Name it' }).click()
  await chat
    .question(/called/)
    .getByRole('textbox')
    .fill('Rosebud')
  await page.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(chat.conversation.getByText('It is called Rosebud.')).toBeVisible()
  await expect(page).toHaveTitle(/^Name it/)
  await page.goto('/inbox')
  await expect(page.getByText('Nobody waits for you')).toBeVisible()
})

test.describe('when the runtime is killed', () => {
  test.use({ toleratesComplaints: true })

  test('an open question is still there, and its answer counts', async ({ page, runtime }) => {
    const chat = new Chat(page)
    await chat.open()
    await chat.say('Name it')
    const field = chat.question(/called/).getByRole('textbox', { name: 'Your answer' })
    await field.fill('Rosebud')
    await runtime.kill()
    await page.keyboard.press('Enter')
    await expect(chat.question(/called/).getByRole('alert')).toContainText('The runtime does not answer')
    await expect(field).toHaveValue('Rosebud')

    await runtime.restart()
    const sidebar = page.getByRole('complementary', { name: 'Sidebar' })
    await expect(sidebar.getByText('Live')).toBeVisible({ timeout: 20_000 })
    await field.press('Enter')
    await expect(chat.conversation.getByText('It is called Rosebud.')).toBeVisible({ timeout: 20_000 })
    await chat.expectPhase('Your turn')
    await expect(chat.ownMessages).toHaveText(['You: Name it'])
    await page.reload()
    await expect(chat.question(/called/).getByText('Answered: Rosebud')).toBeVisible()
  })
})
