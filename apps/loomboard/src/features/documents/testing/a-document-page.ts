import { screen, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { beforeEach, expect } from 'vitest'
import { FakeServer } from '../../../testing/fake-server.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import type { Team } from '../teams/team-words.ts'

export let server: FakeServer
export let documentId: string
export let rootId: string
export let goals: string
export let message: string
export let user: UserEvent

// After what makes a browser: the client asks it for its measures at once.
export { connection } from '../../../lib/client.ts'
export { putChunk } from '../queries.ts'

/** A document in front of its server, for each test anew. */
beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
  const made = server.documents.add('/docs/plan', ['Goals', 'Message', 'Launch'], { type: 'task', status: 'open' })
  documentId = made.id
  rootId = made.rootId
  ;[goals, message] = made.chunkIds as [string, string]
})

/** The board of the document goes by a team. */
export function goByTeam({ name, graph }: Team): void {
  server.teamDefs.add(name, { ...graph })
  const main = { natural_key: 'board:main', type: 'loom/board', fields: { team: name } }
  server.documents.answer({ op: 'upsert_chunk', document_id: documentId, ...main }, null)
}

/** As an outline. */
export function openAt(search: string): void {
  // The outline, unless another view is asked for.
  const address = search.includes('view=') ? search : `?view=outline${search.replace('?', '&')}`
  user = renderRoute(server, `/documents/${documentId}${address}`).user
}

export function open(chunkId?: string): void {
  openAt(chunkId === undefined ? '' : `?card=${chunkId}`)
}

export const lines = () =>
  screen.getAllByRole('treeitem').map(({ textContent }) => textContent?.replace(/open|changed by \w+|r\d+/g, ''))
export const line = (name: RegExp) => screen.findByRole('treeitem', { name })
export const panel = () => screen.findByRole('region', { name: 'Chunk' })
export const inPanel = async () => within(await panel())
export const kept = () => Object.keys(localStorage).filter((key) => key.startsWith('loomboard.edit.'))
export const isSaved = async () => expect(await (await inPanel()).findByText('Saved')).toBeTruthy()
export const refuse = (error: string) => {
  server.intercept = (method, path) =>
    method === 'POST' && path === '/v1/_document' && isWrite()
      ? Response.json({ code: 'tool_refused', tool: 'Document', error }, { status: 422 })
      : undefined
}
const isWrite = () => /"op":"(?:update|create|move|delete)_/.test(JSON.stringify(server.requests.at(-1)?.body))
