// @vitest-environment jsdom
import type { TeamGraph, TeamRunSummary } from '@loomcycle/client'
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { reload, renderRoute, triedAgain } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
})

const posts: TeamGraph = {
  description: 'Writes posts.',
  entry: 'draft',
  max_iterations: 12,
  states: [
    { state: 'draft', handler: { kind: 'agent', agent: 'writer', prompt: 'Write a post.' } },
    { state: 'check', handler: { kind: 'parallel', agents: ['facts', 'style'] } },
    { state: 'merge', handler: { kind: 'consolidator', agent: 'editor' } },
    { state: 'review', handler: { kind: 'person' } },
    { state: 'posted', handler: { kind: 'terminal' } },
  ],
  transitions: [
    { from: 'draft', to: 'check', on: 'success' },
    { from: 'check', to: 'merge', on: 'success' },
    { from: 'check', to: 'draft', on: 'pushback:too_long' },
    { from: 'merge', to: 'posted', on: 'conditional:fields.score >= 8' },
    { from: 'merge', to: 'review', on: 'success' },
    { from: 'review', to: 'posted', on: 'success' },
    { from: 'review', to: 'draft', on: 'pushback:*' },
  ],
  colors: { draft: 'amber' },
}
const run = (more: Partial<TeamRunSummary>): TeamRunSummary => ({
  ...{ team_run_id: 'tr_1', name: 'posts', def_id: 'tdf_posts_1', status: 'waiting', state: 'review' },
  ...{ started_at: '2023-11-14T20:00:00.000Z', iteration_count: 3 },
  ...more,
})
const region = (name: string) => screen.findByRole('region', { name })
const lines = async () => within(await screen.findByRole('list', { name: 'Teams' })).getAllByRole('link')

describe('the library of teams', () => {
  it('lists them with where they come from, how many states they have, what they lack and what is on the way', async () => {
    server.teamDefs.add('posts', { ...posts })
    server.teamDefs.add('sums', { entry: 'add', states: [{ state: 'add', handler: { kind: 'person' } }] })
    server.teamDefs.lacks.set('sums', [{ kind: 'agent', name: 'adder', why: 'There is no adder.' }])
    server.teamRuns.runs.push(
      run({}),
      run({ team_run_id: 'tr_2', status: 'completed', ended_at: '2023-11-14T21:00:00.000Z' }),
    )
    const { user, router } = renderRoute(server, '/teams')
    const [first, second] = await lines()
    expect(first!.textContent).toMatch(/^posts.*Writes posts\.Made here5 states1 version$/)
    expect(second!.textContent).toMatch(/^sumsMade here1 state1 versionThere is no adder\.$/)
    await expect.poll(() => first!.textContent).toContain('1 on the way')
    await user.type(screen.getByRole('searchbox', { name: 'Search teams' }), 'EDITOR merge')
    expect((await lines()).map((line) => line.getAttribute('href'))).toEqual(['/teams/posts'])
    expect(router.state.location.search).toMatchObject({ q: 'EDITOR merge' })
    await user.type(screen.getByRole('searchbox', { name: 'Search teams' }), ' nobody')
    await user.click(await screen.findByRole('button', { name: 'Show all' }))
    expect(await lines()).toHaveLength(2)
  })

  it('shows each in the direction of its language, and breaks words that are longer than a line', async () => {
    server.teamDefs.add('posts', { ...posts, description: 'يكتب المنشورات (كل يوم).' })
    server.agentDefs.configured.set('writer', { description: 'كاتب.' })
    server.skillDefs.configured.set('style', { description: 'أسلوب.' })
    for (const [path, said] of [
      ['/teams', /المنشورات/],
      ['/teams/posts', /المنشورات/],
      ['/agents', /كاتب/],
      ['/agents/writer', /كاتب/],
      ['/skills', /أسلوب/],
      ['/skills/style', /أسلوب/],
    ] as const) {
      reload(server, path)
      const words = (await screen.findAllByText(said))[0]!
      expect(words.getAttribute('dir')).toBe('auto')
      expect(words.className).toContain('overflow-wrap:anywhere')
    }
  })

  it('says what to do where there is none, and leads on from the other pages', async () => {
    const { user } = renderRoute(server, '/agents')
    await user.click(await screen.findByRole('link', { name: 'Teams' }))
    expect(await screen.findByText('There is no team yet')).toBeTruthy()
    expect(screen.getAllByRole('link', { name: 'New team' })[0]!.getAttribute('href')).toBe('/teams?create=true')
  })

  it('says what went wrong, and asks again', async () => {
    await triedAgain(server, '/teams', /_library\/teams/)
    expect(await screen.findByText('There is no team yet')).toBeTruthy()
  })
})

describe('the page of a team', () => {
  it('says each state in plain words: who works there, what is to be done, and where it goes on', async () => {
    server.teamDefs.add('posts', { ...posts })
    renderRoute(server, '/teams/posts')
    const states = await region('States')
    expect(states.textContent).toContain('At most 12 steps of agents in one run.')
    const [draft, check, merge, review, posted] = within(within(states).getByRole('list', { name: 'States' }))
      .getAllByRole('heading', { level: 4 })
      .map((heading) => heading.parentElement!)
    expect(draft!.textContent).toBe(
      'draftamberwhere it beginswriter works on it.Write a post.When the work is done, on to check',
    )
    expect(within(draft!).getByRole('link', { name: 'writer' }).getAttribute('href')).toBe('/agents/writer')
    expect(check!.textContent).toContain('facts and style work on it side by side, each with the same task.')
    expect(check!.textContent).toContain('Sent back for too_long, to draft')
    expect(merge!.textContent).toContain('editor makes one of what the others have said.')
    expect(merge!.textContent).toContain('When the work is done and fields.score >= 8, to posted')
    expect(review!.textContent).toContain('A person has it, and moves it on.A person moves it on to posted')
    expect(review!.textContent).toContain('A person sends it back to draft')
    expect(posted!.textContent).toBe('postedThe end: nothing comes after it.')
  })

  it('draws the graph, goes through it by keys, and from a state to its words', async () => {
    server.teamDefs.add('posts', { ...posts })
    const { user } = renderRoute(server, '/teams/posts')
    const drawn = within(await screen.findByRole('list', { name: 'Diagram' })).getAllByRole('button')
    expect(drawn.map(({ textContent }) => textContent.replaceAll('→ ', '').trim())).toEqual([
      'draft: writer. Begins here. on success to check.',
      'check: facts and style, side by side. on success to merge. back: too_long to draft.',
      'merge: editor puts it together. if fields.score >= 8 to posted. on success to review.',
      'review: A person decides. on success to posted. back: any reason to draft.',
      'posted: The end.',
    ])
    drawn[0]!.focus()
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
    expect(document.activeElement).toBe(drawn[1])
    expect(drawn.map((state) => state.tabIndex)).toEqual([-1, 0, -1, -1, -1])
    await user.keyboard('{Enter}')
    expect(document.activeElement?.textContent).toMatch(/^check/)
  })

  it('says what goes through it, with the way to the card', async () => {
    server.teamDefs.add('posts', { ...posts })
    server.teamRuns.runs.push(run({ board_document_id: 'd1', board_chunk_id: 'c1' }))
    renderRoute(server, '/teams/posts')
    const runs = within(await region('What goes through it'))
    expect((await runs.findByRole('listitem')).textContent).toMatch(/^Waitsreview3 steps/)
    expect(runs.getByRole('link', { name: 'Its card' }).getAttribute('href')).toBe('/documents/d1?card=c1')
  })

  it('shows what it lacks, compares versions, puts another to use, retires one, and forks', async () => {
    server.teamDefs.add('posts', { ...posts })
    server.teamDefs.add('posts', { ...posts, description: 'Writes long posts.' }, { promote: false })
    server.teamDefs.lacks.set('posts', [{ kind: 'agent', name: 'writer', why: 'There is no writer.' }])
    const { user, router } = renderRoute(server, '/teams/posts')
    expect((await region('What it lacks')).textContent).toContain('There is no writer.')
    await user.click(await screen.findByRole('button', { name: 'Changes in version 2' }))
    expect((await region('Comparison')).textContent).toContain('+description: Writes long posts.')
    const act = async (version: number, what: string) => {
      await user.click(await screen.findByRole('button', { name: `Actions for version ${version}` }))
      await user.click(await screen.findByRole('menuitem', { name: what }))
    }
    await act(2, 'Put to use')
    await expect.poll(() => server.teamDefs.active.get('posts')).toBe('tdf_posts_2')
    expect(await screen.findByText('Writes long posts.')).toBeTruthy()
    await act(2, 'Retire')
    expect(await screen.findByText(/The version that was in use is retired/)).toBeTruthy()
    await act(1, 'Make another one of it')
    await expect.poll(() => router.state.location.search).toEqual({ create: true, from: 'tdf_posts_1' })
  })

  it('says that there is no such team', async () => {
    renderRoute(server, '/teams/nobody')
    expect((await screen.findByRole('alert')).textContent).toContain('There is no team called nobody.')
  })
})
