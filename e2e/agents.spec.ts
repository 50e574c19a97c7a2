import type { Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/test.ts'

const scripted = { provider: 'scripted', unbounded_iterations: true }

test.use({
  runtimeOptions: {
    config: {
      default_agent: 'helper',
      agents: {
        helper: {
          ...scripted,
          model: 'talker',
          description: 'Helps with whatever there is.',
          tools: ['Context', 'Memory'],
        },
        'team/reviewer': {
          ...scripted,
          model: 'talker',
          description: 'Reads what others wrote.',
          skills: ['style/*'],
          tools: ['Skill'],
        },
      },
      skills: { 'style/letters': { description: 'For letters.', body: '# Letters\n\nBe brief.' } },
    },
    scripts: { talker: { scenes: [{ turns: [{ text: 'Here I am.' }] }] } },
  },
})

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

async function save(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Review and save' }).click()
  const dialog = page.getByRole('dialog', { name: 'What will change' })
  await dialog.getByLabel('What is new').fill(note)
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toBeHidden()
}

test('an agent is made, changed, compared, put back, and talked to', async ({ page }) => {
  await page.goto('/agents')
  await expect(page.getByRole('list', { name: 'Agents' }).getByRole('link', { name: /^helper/ })).toBeVisible()
  await expectAccessible(page, 'agents')

  await page.getByRole('link', { name: 'New agent' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill('team/writer')
  await page.getByLabel('Description').fill('Writes letters.')
  await page.getByLabel('Service').selectOption('scripted')
  await page.getByRole('combobox', { name: 'Model', exact: true }).fill('talker')
  await page.getByLabel('Tools', { exact: true }).fill('Memory')
  await page.getByLabel('Tools', { exact: true }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'The agent in YAML' })).toContainText('description: Writes letters.')
  await expectAccessible(page, 'editor')
  await page.reload()
  await expect(page.getByLabel('Description')).toHaveValue('Writes letters.')
  await save(page, 'It is there.')

  await expect(page.getByRole('heading', { name: 'team/writer', level: 2 })).toBeVisible()
  await expect(part(page, 'What it may do')).toContainText('1 tool:')
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByLabel('Description').fill('Writes long letters.')
  await save(page, 'Longer.')

  await page.getByRole('button', { name: 'Changes in version 2' }).click()
  await expect(part(page, 'Comparison')).toContainText('+description: Writes long letters.')
  await expectAccessible(page, 'agent')
  await page.getByRole('button', { name: 'Actions for version 1' }).click()
  await page.getByRole('menuitem', { name: 'Put to use' }).click()
  await expect(page.getByRole('main').getByText('Writes letters.', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Start a chat' }).click()
  const chat = new Chat(page)
  await chat.say('hello')
  await expect(chat.conversation.getByText('Here I am.')).toBeVisible()
})

test.describe('what is refused', () => {
  // A refusal is an answer that browsers complain of.
  test.use({ toleratesComplaints: true })

  test('stands at its field, and nothing is lost', async ({ page }) => {
    await page.goto('/agents?create=true')
    await page.getByLabel('Name', { exact: true }).fill('cold')
    const yaml = page.getByRole('textbox', { name: 'The agent in YAML' })
    await yaml.fill('sampling:\n  temperature: 9\n')
    await page.getByRole('button', { name: 'Review and save' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('alert')).toContainText('sampling.temperature')
    await expect(page.getByLabel('Temperature')).toHaveAttribute('aria-invalid', 'true')
    await page.getByLabel('Temperature').fill('0.5')
    await save(page, '')
    await expect(page.getByRole('heading', { name: 'cold', level: 2 })).toBeVisible()
  })
})

test('a skill is read and written, and leads to whoever has it', async ({ page }) => {
  await page.goto('/skills')
  await page.getByRole('link', { name: /^style\/letters/ }).click()
  await expect(page.getByRole('heading', { name: 'Letters', exact: true })).toBeVisible()
  await expect(part(page, 'Who has it').getByRole('link', { name: 'team/reviewer' })).toBeVisible()
  await expectAccessible(page, 'skill')
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByLabel('Description').fill('For long letters.')
  await save(page, '')
  await expect(page.getByText('Configured, changed here')).toBeVisible()
})

test('a chat begins with the agent that was chosen for it, and the next one with the default again', async ({
  page,
}) => {
  const chat = new Chat(page)
  await chat.open('/chat')
  const picker = page.getByRole('combobox', { name: 'Agent' })
  await expect(picker).toHaveValue('helper')
  await picker.focus()
  await picker.press('t')
  await expect(picker).toHaveValue('team/reviewer')
  await chat.say('hello')
  await expect(chat.conversation.getByText('Here I am.')).toBeVisible()
  await page.reload()
  await expect(chat.conversation.getByText('Here I am.')).toBeVisible()
  await expect(picker).toHaveCount(0)
  await expect(page.getByText('team/reviewer', { exact: true }).first()).toBeVisible()
  await page.getByRole('link', { name: 'Runs' }).click()
  await page.getByText('All', { exact: true }).click()
  await expect(page.getByRole('list', { name: 'Runs' })).toContainText('team/reviewer')
  await chat.startNew()
  await expect(picker).toHaveValue('helper')
})

test('agents and skills are mentioned by name, found by parts of it, and sent as words', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open('/chat')
  await chat.message.pressSequentially('Ask @rev')
  const offers = page.getByRole('listbox')
  await expect(offers.getByRole('option', { selected: true })).toHaveText(/^@team\/reviewer/)
  await expectAccessible(page, 'agents to mention')
  await chat.message.press('Tab')
  await expect(chat.message).toHaveValue('Ask @team/reviewer ')
  await chat.message.pressSequentially('to use @lett')
  const skill = offers.getByRole('option', { name: /@style\/letters/ })
  await expect(skill).toContainText('Skill. For letters.')
  await chat.message.press('Enter')
  await expect(chat.message).toHaveValue('Ask @team/reviewer to use the skill style/letters ')
  await expect(offers).toBeHidden()
  await chat.message.press('Control+Enter')
  await expect(chat.ownMessages).toHaveText(/Ask @team\/reviewer to use the skill style\/letters/)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('agents are found, read and changed', async ({ page }) => {
    await page.goto('/agents?q=reviewer')
    await page.getByRole('link', { name: /^team\/reviewer/ }).click()
    await expect(part(page, 'Versions')).toContainText('It is as it is configured.')
    await expectAccessible(page, 'agent on a phone')
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByLabel('Description').fill('Reads it all.')
    await save(page, '')
    await expect(page.getByRole('main').getByText('Reads it all.').first()).toBeVisible()
  })
})
