// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { renderRoute } from '../../testing/render-route.tsx'

let server: FakeServer
let documentId: string
let chunkIds: string[]

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
  const made = server.documents.add('/docs/plan', ['Goals', 'Message', 'Launch'])
  documentId = made.id
  chunkIds = made.chunkIds
})

describe('a document', () => {
  it('shows its chunks', async () => {
    renderRoute(server, `/documents/${documentId}`)
    const tree = await screen.findByRole('tree', { name: 'Outline' })
    expect(
      within(tree)
        .getAllByRole('treeitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['planr1', 'Goalsr1', 'Messager1', 'Launchr1'])
    expect(chunkIds.length).toBe(3)
  })
})
