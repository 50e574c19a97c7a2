// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { renderRoute } from '../../testing/render-route.tsx'

beforeEach(() => localStorage.clear())

it('a chunk of very many fields and tags shows the first of them, and as many more for whoever asks', async () => {
  const server = new FakeServer()
  const made = server.documents.add('/docs/plan', ['Goals'], { type: 'task', status: 'open' })
  const goals = made.chunkIds[0]!
  const options = Array.from({ length: 600 }, (_, n) => `kind ${n}`)
  server.documents.types = [{ name: 'task', document_id: '', fields: [{ name: 'kind', kind: 'select', options }] }]
  const names = Array.from({ length: 250 }, (_, n) => `f${n}`)
  server.documents.change(goals, {
    fields: { kind: 'kind 1', ...Object.fromEntries(names.map((name) => [name, 'said'])) },
    tags: names.slice(0, 150),
  })
  const { user } = renderRoute(server, `/documents/${made.id}?card=${goals}`)
  const panel = within(await screen.findByRole('region', { name: 'Chunk' }))
  expect(await panel.findByLabelText('f0')).toBeTruthy()

  expect(panel.getAllByDisplayValue('said')).toHaveLength(99)
  await user.click(panel.getByRole('button', { name: 'Show 100 more of 151' }))
  expect(panel.getAllByDisplayValue('said')).toHaveLength(199)
  await user.click(panel.getByRole('button', { name: 'Show 51 more' }))
  expect(document.activeElement?.textContent).toBe('All 251 are shown')
  expect(panel.getAllByDisplayValue('said')).toHaveLength(250)

  const tags = within(panel.getByRole('list', { name: 'Tags' }))
  expect(tags.getAllByRole('button', { name: /^Remove the tag/ })).toHaveLength(100)
  await user.click(tags.getByRole('button', { name: 'Show 50 more' }))
  expect(tags.getAllByRole('button', { name: /^Remove the tag/ })).toHaveLength(150)

  // Of so many choices one is typed.
  expect(panel.getByRole<HTMLInputElement>('textbox', { name: 'kind' }).value).toBe('kind 1')
})
