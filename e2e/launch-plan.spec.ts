import type { Page } from '@playwright/test'
import { LoomcycleClient } from '../packages/client/src/index.ts'
import { expect, test } from './fixtures/test.ts'

const column = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) })
const title = 'One board for people and agents'

test('the launch plan goes round: an agent drafts, a person posts, and another agent reports', async ({
  page,
  runtime,
}) => {
  const client = new LoomcycleClient({ baseUrl: runtime.url })
  await page.goto('/docs/launch')
  await expect(column(page, 'Scheduled').getByText(title)).toBeVisible()
  await page.getByRole('button', { name: 'Let the drafter write the next one' }).click()
  await expect(column(page, 'Drafted').getByText(title)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Let the drafter/ })).toBeHidden()
  await page.reload()
  await expect(column(page, 'Drafted').getByText(title)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Let the drafter/ })).toBeHidden()

  const { chunks = [] } = await client.document({ op: 'query_chunks', type: 'publication', status: 'drafted' })
  const { id = '' } = chunks.find((chunk) => chunk.title === title) ?? {}
  expect((await client.document({ op: 'get_chunk', id })).body).toContain('**Draft for video')

  await page.locator(`[data-card="${id}"]`).focus()
  await page.keyboard.press(']')
  await expect(column(page, 'Posted').getByText(title)).toBeVisible()
  const reports = async () => {
    const { chunks = [] } = await client.document({ op: 'query_chunks', type: 'report', include: ['body'] })
    return chunks.map(({ body = '' }) => body).join('\n')
  }
  await expect.poll(reports).toContain('3 of 18 publications are posted.')
  await page.goto('/docs/launch?view=outline&type=report')
  await expect(page.getByRole('treeitem', { name: /^Week of/ })).toBeVisible()
})
