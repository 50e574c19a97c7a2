// @vitest-environment jsdom
import type { wire } from '@loomcycle/client'
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { documentId, goals, inPanel, message, open, openAt, server, user } from '../testing/a-document-page.ts'

function aRun(id: string, more: Partial<wire.CardRun> = {}): wire.CardRun {
  return {
    ...{ chunk_id: goals, agent_id: `a_${id}`, run_id: id, session_id: `s_${id}`, agent: 'drafter' },
    ...{ parent_agent_id: null, user_id: 'default', status: 'running', phase: 'working' },
    ...{ started_at: '2026-06-01T10:00:00Z', completed_at: null, stop_reason: null, error: null },
    ...{ usage: { input_tokens: 1200, output_tokens: 300 }, last_heartbeat_at: null, live: true, interactive: false },
    ...{ parent_context: { board_document_id: documentId, board_chunk_id: goals }, questions: [] },
    ...more,
  }
}
const atWork = async () => within(await (await inPanel()).findByRole('region', { name: 'At work' }))

describe('who is at work on a card', () => {
  it.each(['outline', 'table', 'board'])('stands in the %s, since when and for how much', async (view) => {
    server.documents.runs = [aRun('r1'), aRun('r2', { agent: 'reviewer', chunk_id: goals })]
    openAt(`?view=${view}`)
    const badge = await screen.findByRole('button', { name: /Working.*drafter.*1.5K tokens.*\+1 ?more at work/ })
    expect(badge.closest('[role=treeitem], [role=row], article')?.textContent).toMatch(/^.*Goals/)
    expect(screen.getAllByRole('button', { name: /Working/ })).toHaveLength(1)
  })

  it('is opened, stopped and taken back from its mark', async () => {
    server.documents.runs = [aRun('r1')]
    const drafter = { kind: 'agent' as const, id: 'drafter', run_id: 'r1' }
    server.documents.change(goals, { body: 'Theirs' }, drafter)
    server.documents.change(message, { body: 'Theirs, too' }, drafter)
    server.documents.change(message, { body: 'And then ada’s' }, { kind: 'user', id: 'ada' })
    openAt('?view=board')
    const open = async (name: string) => {
      await user.click(await screen.findByRole('button', { name: /Working.*drafter/ }))
      await user.click(await screen.findByRole('menuitem', { name }))
    }
    await open('Stop it')
    await waitFor(() => expect(server.requests.some(({ path }) => path === '/v1/agents/a_r1/cancel')).toBe(true))
    await open('Revert everything it did…')
    const dialog = within(await screen.findByRole('dialog', { name: 'Revert this run of drafter?' }))
    const taken = within(await dialog.findByRole('region', { name: 'Is taken back' }))
    expect(taken.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Goalschanged: as it was'])
    expect(dialog.getByRole('region', { name: 'Stays' }).textContent).toContain('Messagechanged since by ada')
    await user.click(dialog.getByRole('button', { name: 'Revert' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const asked = server.requests.map(({ body }) => body as { op?: string } | undefined)
    expect(asked.find((body) => body?.op === 'revert_run')).toMatchObject({ run_id: 'r1', document_id: documentId })
    await open('Open its run')
    await waitFor(() => expect(screen.queryByRole('article')).toBeNull())
  })

  it('stays on the card when it is over, with what it took', async () => {
    const ended = { status: 'completed' as const, live: false, completed_at: '2026-06-01T10:02:00Z' }
    server.documents.runs = [aRun('r1', ended)]
    open(goals)
    const runs = within(await (await inPanel()).findByRole('region', { name: 'Runs' }))
    await user.click(runs.getByRole('button', { name: /^Done.*drafter.*2 min · 1.5K tokens/ }))
    expect(runs.getByRole('link', { name: 'Open' }).getAttribute('href')).toBe('/chat/s_r1')
    await user.click(runs.getByRole('button', { name: 'Revert everything this run did' }))
    expect(await screen.findByRole('dialog', { name: 'Revert this run of drafter?' })).toBeTruthy()
  })

  it('is told on the open card, with what it costs, and is stopped from there', async () => {
    server.documents.runs = [aRun('r1')]
    open(goals)
    const here = await atWork()
    expect(await here.findByText(/ tokens/)).toBeTruthy()
    expect(here.getByRole('link', { name: 'Watch' }).getAttribute('href')).toBe('/chat/s_r1')
    await user.click(here.getByRole('button', { name: 'Stop drafter' }))
    await waitFor(() => expect(server.requests.some(({ path }) => path === '/v1/agents/a_r1/cancel')).toBe(true))
  })

  it('asks on the card, and is answered there', async () => {
    server.documents.runs = [aRun('r1', { phase: 'waiting', awaited_state: 'interrupted' })]
    server.questions = [
      {
        ...{ interrupt_id: 'i1', run_id: 'r1', session_id: 's_r1', kind: 'question', status: 'pending' },
        ...{ question: 'Shall I?', options: ['Yes', 'No'], priority: 'normal', created_at: '2026-06-01T10:00:00Z' },
        ...{ user_id: 'default', agent_id: 'a_r1', agent_name: 'drafter' },
      },
    ]
    open(goals)
    const here = await atWork()
    expect(here.getByText('waiting for you')).toBeTruthy()
    await user.click(await here.findByRole('button', { name: 'Yes' }))
    await waitFor(() => expect(server.questions).toEqual([]))
  })

  it('said something: its run is one click away', async () => {
    server.documents.runs = [aRun('r9', { status: 'completed', live: false })]
    server.documents.say(goals, 'Done.', {}, { kind: 'agent', id: 'drafter', run_id: 'r9' })
    open(goals)
    const link = await (await inPanel()).findByRole('link', { name: 'its run' })
    expect(link.getAttribute('href')).toBe('/chat/s_r9')
  })
})

describe('an agent', () => {
  it('is asked about a card, by a comment that mentions it', async () => {
    server.agents = [...server.agents, { name: 'drafter', source: 'own', description: 'Writes.' }]
    open(goals)
    const panel = await inPanel()
    await user.click(await panel.findByRole('button', { name: 'Ask an agent' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Ask an agent' }))
    await user.selectOptions(await dialog.findByRole('combobox', { name: 'Agent' }), 'drafter')
    const what = dialog.getByRole('textbox', { name: 'What it is to do' })
    await user.type(what, 'Shorten it')
    await user.keyboard('{Escape}')
    await user.click(panel.getByRole('button', { name: 'Ask an agent' }))
    const again = within(await screen.findByRole('dialog', { name: 'Ask an agent' }))
    expect(again.getByRole<HTMLTextAreaElement>('textbox', { name: 'What it is to do' }).value).toBe('Shorten it')
    await user.selectOptions(again.getByRole('combobox', { name: 'Agent' }), 'drafter')
    await user.click(again.getByRole('button', { name: 'Ask' }))
    await waitFor(() => {
      const [said] = server.documents.inDocument(documentId, goals)
      expect(said).toMatchObject({ body: '@drafter Shorten it', fields: { mentions: ['drafter'] } })
    })
  })
})

describe('who else has a card open', () => {
  it('is told on it, quietly, and this window says that it has', async () => {
    server.people = [
      { user_id: 'ada', client_id: 'w1', chunk_id: goals },
      { user_id: 'bob', client_id: 'w2', chunk_id: message },
      { user_id: 'default', client_id: 'w3', chunk_id: goals },
    ]
    open(goals)
    const here = within(await (await inPanel()).findByRole('list', { name: 'Also here' }))
    const names = here.getAllByRole('img').map((face) => face.getAttribute('aria-label'))
    expect(names).toEqual(['ada has this open, too', 'You have this open in another window'])
    await waitFor(() => {
      const said = server.requests.filter(({ path }) => path.startsWith('/v1/_document/presence'))
      expect(said.at(-1)?.body).toMatchObject({ document_id: documentId, chunk_id: goals })
    })
  })
})
