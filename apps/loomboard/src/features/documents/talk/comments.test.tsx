// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { goals, inPanel, open, refuse, server, user } from '../testing/a-document-page.ts'

const comments = async () => within(await (await inPanel()).findByRole('region', { name: 'Comments' }))
const field = async () => (await comments()).findByRole<HTMLTextAreaElement>('textbox', { name: 'Your comment' })
const said = () => server.documents.inDocument().filter(({ type }) => type === 'comment')
const bodies = () => said().map(({ body }) => body)
const send = () => user.keyboard('{Control>}{Enter}{/Control}')

describe('comments', () => {
  it('stand in threads, the oldest first, with whoever said them', async () => {
    const first = server.documents.say(goals, 'Is this **all**?')
    server.documents.say(goals, 'It is.', { reply_to: first }, { kind: 'agent', id: 'drafter', run_id: 'r1' })
    server.documents.say(goals, 'Done with.', { resolved: true })
    open(goals)
    const all = await comments()
    expect(await all.findByText('all')).toBeTruthy()
    const names = all.getAllByRole('article').map((article) => article.getAttribute('aria-label'))
    expect(names).toEqual(['Comment by ghost', 'Comment by drafter'])
    await user.click(all.getByRole('button', { name: /^Resolved:.*ghost.*Done with/ }))
    expect(all.getAllByRole('article')).toHaveLength(3)
  })

  it('are read wherever an agent has put them', async () => {
    const first = server.documents.say(goals, 'Is this all?')
    server.documents.say(first, 'An answer under it.')
    open(goals)
    expect(await (await comments()).findByText('An answer under it.')).toBeTruthy()
  })

  it('are not asked for again and again where there is nothing to be read', async () => {
    server.documents.say(goals, 'Is this all?')
    let readings = 0
    server.intercept = (_method, _path, body) => {
      const { op, include } = (body ?? {}) as { op?: string; include?: string[] }
      if (op !== 'query_chunks' || !include?.includes('actors')) return undefined
      readings++
      return Response.json({ chunks: [] })
    }
    open(goals)
    await user.type(await field(), 'Here is what I think of it.')
    // Once for the panel, and once more for each part of it that shows them.
    expect(readings).toBeLessThanOrEqual(3)
  })

  it('are seen at once and kept until the server has them', async () => {
    open(goals)
    await user.type(await field(), 'Looks good')
    server.down = true
    await send()
    const all = await comments()
    expect(await all.findByRole('article', { name: 'Your comment, being sent' })).toBeTruthy()
    expect((await field()).value).toBe('')
    expect(Object.keys(localStorage).some((key) => key.startsWith('loomboard.errand.'))).toBe(true)
    server.down = false
    expect(await all.findByRole('article', { name: 'Comment by you' })).toBeTruthy()
    expect(bodies()).toEqual(['Looks good'])
  })

  it('are the document’s, with whom they mention', async () => {
    server.agents = [...server.agents, { name: 'doc/manager', source: 'bundled', description: 'Keeps documents.' }]
    open(goals)
    await user.type(await field(), 'Please shorten this, @doc')
    const offered = await screen.findByRole('option', { name: /@doc\/manager/ })
    await user.click(offered)
    expect((await comments()).getByText('doc/manager will start')).toBeTruthy()
    await send()
    expect(await (await comments()).findByRole('article', { name: 'Comment by you' })).toBeTruthy()
    expect(said()[0]).toMatchObject({ parent_id: goals, type: 'comment', fields: { mentions: ['doc/manager'] } })
    expect(bodies()).toEqual(['Please shorten this, @doc/manager'])
  })

  it('have pictures that are pasted into them', async () => {
    open(goals)
    const at = await field()
    await user.type(at, 'Look: ')
    const clipboardData = {
      files: [new File(['x'], 'plan.gif', { type: 'image/gif' })],
      getData: () => '',
    }
    fireEvent.paste(at, { clipboardData })
    await waitFor(() => expect(at.value).toMatch(/^Look: !\[plan\.gif\]\(\/v1\/_document\/asset\/\w+\)$/))
    expect(server.documents.inDocument().find(({ title }) => title === 'plan.gif')).toMatchObject({ parent_id: goals })
  })

  it('that are refused come back to their field with the reason, before what was typed since', async () => {
    open(goals)
    await user.type(await field(), 'First')
    refuse('there is no room')
    await send()
    expect((await (await comments()).findByRole('alert')).textContent).toContain('there is no room')
    expect((await field()).value).toBe('First')
    server.intercept = undefined
    await send()
    await waitFor(() => expect(bodies()).toEqual(['First']))
  })

  it('are answered, resolved and opened again', async () => {
    const first = server.documents.say(goals, 'Is this all?')
    open(goals)
    const all = await comments()
    await user.click(await all.findByRole('button', { name: 'Reply' }))
    await user.type(all.getByRole('textbox', { name: 'Your reply' }), 'No')
    await send()
    await waitFor(() => expect(said()[1]).toMatchObject({ body: 'No', fields: { reply_to: first } }))
    await user.click(all.getByRole('button', { name: 'Resolve' }))
    const line = await all.findByRole('button', { name: /^Resolved:.*ghost.*Is this all/ })
    await waitFor(() => expect(server.documents.get(first).fields).toMatchObject({ resolved: true }))
    await user.click(line)
    await user.click(all.getByRole('button', { name: 'Reopen' }))
    await waitFor(() => expect(server.documents.get(first).fields?.resolved ?? null).toBeNull())
    expect(await all.findByRole('button', { name: 'Resolve' })).toBeTruthy()
  })

  it('of one’s own are edited, and left as they were', async () => {
    const id = server.documents.say(goals, 'Twelve', {}, { kind: 'user', id: 'default' })
    open(goals)
    const all = await comments()
    const edit = async () => {
      await user.click(await all.findByRole('button', { name: 'More for the comment by you' }))
      await user.click(await screen.findByRole('menuitem', { name: 'Edit' }))
      return all.findAllByRole<HTMLTextAreaElement>('textbox', { name: 'Your comment' }).then(([first]) => first!)
    }
    const written = await edit()
    await user.clear(written)
    await user.type(written, 'Thirteen')
    await user.click(all.getByRole('button', { name: 'Cancel' }))
    expect(await all.findByText('Twelve')).toBeTruthy()
    await user.type(await edit(), ' or so')
    await user.click(all.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(server.documents.get(id).body).toBe('Twelve or so'))
    expect(await all.findByText('Twelve or so')).toBeTruthy()
  })

  it('are deleted, and are there again where that was not meant; what answered them stays', async () => {
    const first = server.documents.say(goals, 'Mine', {}, { kind: 'user', id: 'default' })
    server.documents.say(goals, 'An answer', { reply_to: first })
    open(goals)
    const all = await comments()
    await user.click(await all.findByRole('button', { name: 'More for the comment by you' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    expect(await all.findByText('This comment was deleted.')).toBeTruthy()
    expect(all.getByText('An answer')).toBeTruthy()
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await all.findByText('Mine')).toBeTruthy()
  })

  it('by others arrive while one looks', async () => {
    open(goals)
    await field()
    server.documents.say(goals, 'Hello from elsewhere')
    expect(await (await comments()).findByText('Hello from elsewhere')).toBeTruthy()
  })

  it('have a key', async () => {
    open(goals)
    const written = await field()
    await user.click((await inPanel()).getByRole('region', { name: 'History' }))
    await user.keyboard('m')
    expect(document.activeElement).toBe(written)
  })
})
