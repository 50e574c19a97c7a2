// @vitest-environment jsdom
import type { InterruptRow, TeamRunSummary } from '@loomcycle/client'
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { refuseAt, renderRoute, triedAgain } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
})

function aQuestion(id: string, more: Partial<InterruptRow> = {}): InterruptRow {
  return {
    interrupt_id: id,
    run_id: 'r1',
    session_id: 's1',
    kind: 'question',
    status: 'pending',
    question: `Shall I ${id}?`,
    priority: 'normal',
    created_at: '2026-06-01T10:00:00Z',
    user_id: 'default',
    agent_id: 'a1',
    agent_name: 'planner',
    ...more,
  }
}
const asked = () => screen.getAllByRole('group', { name: /^Question:/ }).map((card) => card.getAttribute('aria-label'))

describe('the questions', () => {
  it('are loading, then none', async () => {
    renderRoute(server, '/inbox')
    expect(await screen.findByRole('status', { name: 'Loading questions' })).toBeTruthy()
    expect(await screen.findByText('Nobody waits for you')).toBeTruthy()
  })

  it('that cannot be read say why, and are tried again', async () => {
    await triedAgain(server, '/inbox', /interrupts$/)
    expect(await screen.findByText('Nobody waits for you')).toBeTruthy()
  })

  it('stand by urgency, and lead to where they were asked', async () => {
    server.questions = [
      aQuestion('wait', { priority: 'low' }),
      aQuestion('stop', { priority: 'high' }),
      aQuestion('go'),
    ]
    renderRoute(server, '/inbox')
    await screen.findAllByRole('group', { name: /^Question:/ })
    expect(asked()).toEqual(['Question: Shall I stop?', 'Question: Shall I go?', 'Question: Shall I wait?'])
    expect(screen.getAllByRole('link', { name: 'Open its chat' })[0]?.getAttribute('href')).toBe('/chat/s1')
    expect(screen.getByRole('link', { name: /^Inbox/ }).textContent).toContain('3')
  })

  it('are answered in place, and stay to be read', async () => {
    server.questions = [aQuestion('go', { options: ['Yes', 'No'] })]
    const { user } = renderRoute(server, '/inbox')
    await user.click(await screen.findByRole('button', { name: 'Yes' }))
    expect(await screen.findByText('Answered:')).toBeTruthy()
    await waitFor(() => expect(server.questions).toEqual([]))
    const sent = server.requests.find(({ path }) => path.endsWith('/resolve'))
    expect(sent?.body).toMatchObject({ answer: 'Yes' })
  })

  it('that could not be answered keep the answer', async () => {
    server.questions = [aQuestion('leave')]
    const { user } = renderRoute(server, '/inbox')
    await user.type(await screen.findByRole('textbox', { name: 'Your answer' }), 'Yes, on Monday')
    server.down = true
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(await screen.findByText('Not answered.')).toBeTruthy()
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your answer' }).value).toBe('Yes, on Monday')
  })
})

describe('a team that has used up its steps', () => {
  function addCapped(more: Partial<TeamRunSummary> = {}): { id: string; card: string } {
    const { id, chunkIds } = server.documents.add('/docs/blog', ['Why looms'])
    const [card] = chunkIds as [string]
    server.teamRuns.runs.push({
      ...{ team_run_id: 'tr_1', name: 'blog', def_id: 'tdf_blog', status: 'waiting', state: 'draft' },
      ...{ capped_state: 'draft', iteration_count: 25, max_iterations: 25, started_at: '2026-06-01T10:00:00Z' },
      ...{ board_document_id: id, board_chunk_id: card, ...more },
    })
    return { id, card }
  }
  const question = () => screen.findByRole('group', { name: /^Question: blog has used up its 25 steps/ })

  it('asks whether it is to go on, is counted, and leads to its card', async () => {
    const { id, card } = addCapped()
    renderRoute(server, '/inbox')
    expect((await question()).textContent).toContain('in “draft”')
    expect(screen.getByRole('link', { name: 'Why looms' }).getAttribute('href')).toContain(
      `/documents/${id}?card=${card}`,
    )
    expect(screen.getByRole('link', { name: /^Inbox/ }).textContent).toContain('1')
  })

  it.each([
    ['Go on', 'continue_run', 'It goes on.'],
    ['Stop', 'cancel_run', 'It was stopped.'],
  ])('is told to in place (%s), and what was answered stays to be read', async (answer, op, outcome) => {
    addCapped()
    const { user } = renderRoute(server, '/inbox')
    await user.click(within(await question()).getByRole('button', { name: answer }))
    await screen.findByText(outcome)
    expect(server.requests.find(({ body }) => (body as { op?: string })?.op === op)?.body).toMatchObject({
      team_run_id: 'tr_1',
    })
    await waitFor(() => expect(screen.getByRole('link', { name: /^Inbox/ }).textContent).not.toContain('1'))
    await screen.findByText(outcome)
  })

  it('that could not be told says so, and can be told again', async () => {
    addCapped()
    const { user } = renderRoute(server, '/inbox')
    const goOn = within(await question()).getByRole('button', { name: 'Go on' })
    server.down = true
    await user.click(goOn)
    await screen.findByText('Not answered.')
    server.down = false
    await user.click(goOn)
    await screen.findByText('It goes on.')
  })

  it('whose questions cannot be read says so beside the others', async () => {
    server.questions = [aQuestion('go')]
    refuseAt(server, /_teamdef$/, 'no teams today')
    renderRoute(server, '/inbox')
    expect((await screen.findByRole('alert')).textContent).toContain('What teams ask could not be read.')
    expect(asked()).toEqual(['Question: Shall I go?'])
  })
})

describe('what mentions one', () => {
  it('stands below the questions, is counted while it is new, and leads to its card', async () => {
    const { id, chunkIds } = server.documents.add('/docs/plan', ['Goals'])
    const [goals] = chunkIds as [string]
    const mentions = ['default']
    localStorage.setItem('loomboard.seen', JSON.stringify({ since: 0, at: {} }))
    dispatchEvent(new StorageEvent('storage', { key: 'loomboard.seen' }))
    server.documents.say(goals, 'Is this right, @default?', { mentions }, { kind: 'agent', id: 'drafter' })
    server.documents.say(goals, 'A note to myself', { mentions }, { kind: 'user', id: 'default' })
    server.documents.say(goals, 'For somebody else', { mentions: ['default2'] })
    const { router } = renderRoute(server, '/inbox')
    const list = within(await screen.findByRole('region', { name: 'Mentions you' }))
    const [link, ...others] = list.getAllByRole('link')
    expect(others).toEqual([])
    expect(link?.textContent).toContain('drafteron Goals')
    expect(link?.getAttribute('href')).toContain(`/documents/${id}?card=`)
    expect(await screen.findByRole('link', { name: /^Inbox\s*1/ })).toBeTruthy()
    await router.navigate({ to: '/runs' })
    await waitFor(() => expect(screen.queryByRole('link', { name: /^Inbox\s*1/ })).toBeNull())
  })
})
