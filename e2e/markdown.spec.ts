import { Chat } from './fixtures/chat.ts'
import { expect, test } from './fixtures/test.ts'

const answer = `Euler: $e^{i\\pi} + 1 = 0$, and it costs $5 or $10.

$$
\\int_0^1 x\\,dx
$$

\`\`\`mermaid
flowchart LR
  A[Start] --> B[End]
  click A "https://example.com/mermaid"
\`\`\`

![a picture](https://example.com/tracker.png)
<img src="https://example.com/raw.png" onerror="alert(1)">

| a | ${'wide '.repeat(30)} |
| - | - |
| 1 | ${'unbreakable'.repeat(20)} |

- [x] done
- [ ] open

\`\`\`ts
const a: number = 1
\`\`\`

[a page](https://example.com/page) [a trap](javascript:alert(1))
`

test.use({
  runtimeOptions: {
    config: { agents: { writer: { provider: 'scripted', model: 'writer', system_prompt: '' } } },
    scripts: { writer: { scenes: [{ turns: [{ text: answer }] }] } },
  },
})

test('an answer with everything in it: drawn, copied, and asking nobody outside', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const chat = new Chat(page)
  await chat.open()
  await page.getByRole('combobox', { name: 'Agent' }).selectOption('writer')
  await chat.say('go')
  await chat.expectPhase('Your turn')
  const { conversation } = chat

  await expect(conversation.locator('.katex')).toHaveCount(2)
  await expect(conversation.getByText('and it costs $5 or $10.')).toBeVisible()

  const diagram = conversation.getByRole('img', { name: /^Diagram: flowchart/ })
  await expect(diagram).toBeVisible({ timeout: 20_000 })
  expect(await diagram.getAttribute('src')).toMatch(/^data:image\/svg/)
  await expect.poll(() => diagram.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50)
  await conversation.getByText('Code', { exact: true }).click()
  await expect(conversation.getByText('click A')).toBeVisible()

  // Pictures from elsewhere are links: nothing has been fetched, which the fixture sees to.
  await expect(conversation.getByRole('link', { name: 'a picture example.com' })).toBeVisible()
  await expect(conversation.getByText('onerror=')).toBeVisible()
  await expect(conversation.getByRole('link', { name: 'a page' })).toHaveAttribute('rel', 'noopener noreferrer')
  await expect(conversation.getByRole('link', { name: 'a trap' })).toHaveCount(0)

  const table = conversation.getByRole('group', { name: 'Table' })
  expect(await table.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true)
  await expect(conversation.getByRole('img', { name: 'Done', exact: true })).toBeVisible()
  await expect(conversation.getByRole('img', { name: 'To do' })).toBeVisible()

  const code = conversation.locator('figure', { hasText: 'const a' })
  await expect(code.getByText('ts', { exact: true })).toBeVisible()
  await expect(code.locator('span[style*="--code-token"]').first()).toBeVisible()
  await code.getByRole('button', { name: 'Copy code' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('const a: number = 1')
})
