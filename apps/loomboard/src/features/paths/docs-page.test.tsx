// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { refuseAt, renderRoute } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
})

describe('the documents', () => {
  it('are none yet: what to do first is said', async () => {
    renderRoute(server, '/docs')
    expect((await screen.findAllByText('No documents yet')).length).toBeGreaterThan(0)
  })

  it('are there as a tree, and the last changed', async () => {
    server.documents.add('/docs/plan', ['One'])
    server.documents.add('/docs/diary', ['One'])
    const { user } = renderRoute(server, '/docs')
    expect(await screen.findByRole('link', { name: /^plan/ })).toBeTruthy()
    await user.click(await screen.findByRole('treeitem', { name: /^docs/ }))
    expect(await screen.findByRole('treeitem', { name: /^diary/ })).toBeTruthy()
    await user.click(screen.getByRole('treeitem', { name: /^plan/ }))
    expect(await screen.findByRole('tree', { name: 'Outline' })).toBeTruthy()
    expect(screen.getByRole('heading', { level: 1, name: 'plan' })).toBeTruthy()
  })

  it('that cannot be listed say why, and are tried again', async () => {
    server.documents.add('/docs/plan', ['One'])
    refuseAt(server, /_path$/, 'the tree is locked')
    const { user } = renderRoute(server, '/docs')
    const alert = await within(await screen.findByRole('navigation', { name: 'Tree of documents' })).findByRole('alert')
    expect(alert.textContent).toContain('the tree is locked')
    server.intercept = undefined
    await user.click(within(alert).getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('treeitem', { name: /^docs/ })).toBeTruthy()
  })

  it('have no such path: the way to what there is', async () => {
    renderRoute(server, '/docs/nope')
    expect(await screen.findByText('Nothing is called that')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'See what there is' }).getAttribute('href')).toBe('/docs')
  })
})
