import type { Locator } from '@playwright/test'
import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/test.ts'

const call = (name: string, input: object) => ({ name, input })
const colours = String.raw`printf '\033[32mpassed\033[0m\n\033[1;31mbroken\033[0m\n'; exit 3`

test.use({
  runtimeOptions: {
    env: { LOOMCYCLE_BASH_ENABLED: '1' },
    config: {
      default_agent: 'keeper',
      volumes: { work: { path: 'work', mode: 'rw', default: true } },
      agents: {
        keeper: {
          ...{ provider: 'scripted', model: 'keeper', unbounded_iterations: true, volumes: ['work'] },
          tools: ['Read', 'Write', 'Edit', 'Glob', 'Grep', 'Bash'],
        },
      },
    },
    scripts: {
      keeper: {
        scenes: [
          {
            match: 'files',
            turns: [
              { tool_calls: [call('Write', { path: 'src/loom.ts', content: 'let threads = 12\nlet width = 3\n' })] },
              { tool_calls: [call('Edit', { path: 'src/loom.ts', old_string: 'width = 3', new_string: 'width = 4' })] },
              { tool_calls: [call('Read', { path: 'src/loom.ts' })] },
              { tool_calls: [call('Glob', { pattern: '**/*.ts' })] },
              { tool_calls: [call('Grep', { pattern: 'width', output_mode: 'content', '-n': true })] },
              { text: 'The loom is wider.' },
            ],
          },
          {
            match: 'commands',
            turns: [
              { tool_calls: [call('Bash', { command: 'seq 1 60' })] },
              { tool_calls: [call('Bash', { command: colours })] },
              { text: 'One of them failed.' },
            ],
          },
        ],
      },
    },
    files: { 'work/readme.md': '# Loom\n' },
  },
})

/** Opens a call where it is not open yet, and gives what stands below it. */
async function bodyOf(chat: Chat, name: RegExp): Promise<Locator> {
  const row = chat.tool(name)
  await expect(async () => {
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click()
    await expect(row).toHaveAttribute('aria-expanded', 'true', { timeout: 1000 })
  }).toPass()
  return chat.page.locator(`[id="${await row.getAttribute('aria-controls')}"]`)
}

test('files that are written, edited, read and searched look like files, also after a reload', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.sayAndWait('Do something with files')
  for (const look of [() => Promise.resolve(), () => page.reload()]) {
    await look()
    await expect(chat.conversation.getByText('The loom is wider.')).toBeVisible()
    await chat.tool(/^5 tool calls/).click()
    await expect((await bodyOf(chat, /^Done Write/)).locator('code')).toContainText('let threads = 12')
    const edit = await bodyOf(chat, /^Done Edit/)
    await expect(edit).toContainText('Removed: width = 3')
    await expect(edit).toContainText('Added: width = 4')
    await expect((await bodyOf(chat, /^Done Read/)).locator('code')).toContainText('let width = 4')
    await expect(await bodyOf(chat, /^Done Glob/)).toContainText('loom.ts')
    await expect((await bodyOf(chat, /^Done Grep/)).getByRole('region', { name: 'src/loom.ts' })).toContainText('width')
  }
})

test('a command looks like a terminal: its colours, its end first, and how it failed', async ({ page }) => {
  const chat = new Chat(page)
  await chat.open()
  await chat.sayAndWait('Run some commands')
  const failed = await bodyOf(chat, /^Failed Bash/)
  await expect(failed).toContainText('Exit code 3')
  const colourOf = (text: string) =>
    failed.getByText(text, { exact: true }).evaluate((it) => getComputedStyle(it).color)
  expect(new Set([await colourOf('passed'), await colourOf('broken')]).size).toBe(2)
  await expect(failed.locator('pre')).not.toContainText('[32m')

  const long = await bodyOf(chat, /^Done Bash/)
  const output = long.locator('pre')
  await expect(output).toContainText('60')
  await expect(output).not.toContainText(/^1$/m)
  await long.getByRole('button', { name: 'Show all 60 lines' }).press('Enter')
  await expect(output).toContainText(/^1$/m)
  await chat.conversation.getByRole('button', { name: 'Raw' }).last().click()
  await expect(chat.conversation.getByText('[exit: exit status 3]')).toBeVisible()
})
