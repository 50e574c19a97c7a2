// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { renderRoute, triedAgain } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
})

const lines = async () => within(await screen.findByRole('list', { name: 'Agents' })).getAllByRole('link')
const names = async () => (await lines()).map((line) => line.getAttribute('href'))

function threeAgents() {
  server.agentDefs.configured.set('demo', { description: 'Plays a script.', provider: 'scripted' })
  server.agentDefs.bundled.add('demo')
  server.agentDefs.configured.set('doc/manager', { description: 'Keeps documents.', tools: ['Document'] })
  server.agentDefs.add('team/reviewer', {
    description: 'Reads what others wrote.',
    model: 'claude-x',
    provider: 'anthropic',
  })
  server.agentDefs.lacks.set('team/reviewer', [
    { kind: 'provider', name: 'anthropic', why: 'anthropic is not set up; set ANTHROPIC_API_KEY.' },
  ])
}

describe('the library of agents', () => {
  it('lists them by name with where they come from, what they run on and what they lack', async () => {
    threeAgents()
    renderRoute(server, '/agents')
    expect(await names()).toEqual(['/agents/demo', '/agents/doc/manager', '/agents/team/reviewer'])
    const [demo, manager, reviewer] = (await lines()).map((line) => line.textContent)
    expect(demo).toContain('Comes with loomcycle')
    expect(demo).toContain('Default')
    expect(manager).toContain('Configured')
    expect(manager).toContain('Not for you to start')
    expect(reviewer).toContain('Made here')
    expect(reviewer).toContain('anthropic · claude-x')
    expect(reviewer).toContain('anthropic is not set up')
  })

  it('finds them by words of what they are for and by their tools, and by shelf, and the address says so', async () => {
    threeAgents()
    const { user, router } = renderRoute(server, '/agents')
    await user.type(await screen.findByRole('searchbox', { name: 'Search agents' }), 'DOCUMENT')
    expect(await names()).toEqual(['/agents/doc/manager'])
    expect(router.state.location.search).toMatchObject({ q: 'DOCUMENT' })
    await user.clear(screen.getByRole('searchbox', { name: 'Search agents' }))
    await user.click(screen.getByRole('radio', { name: 'Made here' }))
    expect(await names()).toEqual(['/agents/team/reviewer'])
    await user.click(screen.getByRole('radio', { name: 'Lacks something' }))
    expect(await names()).toEqual(['/agents/team/reviewer'])
    await user.type(screen.getByRole('searchbox', { name: 'Search agents' }), 'nobody')
    await user.click(await screen.findByRole('button', { name: 'Show all' }))
    expect(await names()).toHaveLength(3)
  })

  it('shows what an address asks for', async () => {
    threeAgents()
    renderRoute(server, '/agents?q=reads&shelf=made')
    expect(await names()).toEqual(['/agents/team/reviewer'])
  })

  it('goes from line to line with the arrows, and to the search with /', async () => {
    threeAgents()
    const { user } = renderRoute(server, '/agents')
    const [first, second] = await lines()
    first!.focus()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(second)
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(document.activeElement).toBe(first)
    await user.keyboard('/')
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search agents' }))
  })

  it('has all of three hundred', async () => {
    for (let n = 0; n < 300; n++) server.agentDefs.configured.set(`agent-${n}`, { description: `Number ${n}` })
    const { user } = renderRoute(server, '/agents')
    expect(await names()).toHaveLength(300)
    await user.type(screen.getByRole('searchbox', { name: 'Search agents' }), 'number 299')
    expect(await names()).toEqual(['/agents/agent-299'])
  })

  it('says what to do where there is none', async () => {
    renderRoute(server, '/agents')
    expect(await screen.findByText('There is no agent yet')).toBeTruthy()
    expect(screen.getAllByRole('link', { name: 'New agent' })[0]!.getAttribute('href')).toBe('/agents?create=true')
  })

  it('says what went wrong, and asks again', async () => {
    threeAgents()
    await triedAgain(server, '/agents', /_library/)
    expect(await names()).toHaveLength(3)
  })

  it('leads from the sidebar to skills and volumes', async () => {
    const { user } = renderRoute(server, '/agents')
    await screen.findByText('There is no agent yet')
    expect(screen.getAllByRole('link', { name: 'Agents' }).length).toBeGreaterThan(0)
    await user.click(screen.getByRole('link', { name: 'Skills' }))
    expect(await screen.findByText('There is no skill yet')).toBeTruthy()
    await user.click(screen.getByRole('link', { name: 'Volumes' }))
    expect(await screen.findByText('There is no volume yet')).toBeTruthy()
  })
})
