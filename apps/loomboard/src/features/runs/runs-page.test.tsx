// @vitest-environment jsdom
import type { Agent } from '@loomcycle/client'
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { renderRoute, triedAgain } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
})

function aRun(id: string, more: Partial<Agent> = {}): Agent {
  return {
    agent_id: `a-${id}`,
    run_id: id,
    session_id: `s-${id}`,
    agent: id,
    parent_agent_id: null,
    user_id: 'default',
    status: 'running',
    started_at: '2026-06-01T10:00:00Z',
    completed_at: null,
    stop_reason: null,
    error: null,
    usage: { input_tokens: 1200, output_tokens: 300 },
    last_heartbeat_at: null,
    live: true,
    interactive: true,
    ...more,
  } as Agent
}

describe('the runs', () => {
  it('are loading, then none', async () => {
    renderRoute(server, '/runs')
    expect(await screen.findByRole('status', { name: 'Loading runs' })).toBeTruthy()
    expect(await screen.findByText('Nothing is running')).toBeTruthy()
  })

  it('that cannot be read say why, and are tried again', async () => {
    await triedAgain(server, '/runs', /agents$/)
    expect(await screen.findByText('Nothing is running')).toBeTruthy()
  })

  it('that go on are listed with what they started; the others when they are asked for', async () => {
    server.userRuns = [
      aRun('lead'),
      aRun('scout', { parent_agent_id: 'a-lead' }),
      aRun('old', { status: 'failed', error: 'out of tokens', live: false, completed_at: '2026-06-01T11:00:00Z' }),
    ]
    const { user } = renderRoute(server, '/runs')
    const list = await screen.findByRole('list', { name: 'Runs' })
    expect(
      within(list)
        .getAllByRole('link')
        .map(({ textContent }) => textContent),
    ).toEqual(['lead', 'scout'])
    expect(within(list).getByText('1 sub-agent')).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'All' }))
    expect(within(screen.getByRole('list', { name: 'Runs' })).getByText('out of tokens')).toBeTruthy()
  })

  it('that are too many for one page are read on when somebody asks', async () => {
    const ended = { status: 'completed', live: false, completed_at: '2026-06-01T11:00:00Z' } as const
    server.userRuns = Array.from({ length: 150 }, (_, i) => aRun(`run-${i}`, ended))
    const { user } = renderRoute(server, '/runs')
    await user.click(await screen.findByRole('radio', { name: 'All' }))
    expect(within(await screen.findByRole('list', { name: 'Runs' })).getAllByRole('link')).toHaveLength(100)
    await user.click(screen.getByRole('button', { name: 'Show earlier runs' }))
    expect(await screen.findByText('run-149')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Show earlier runs' })).toBeNull()
  })

  it('are ended from here', async () => {
    const run = server.addSession('Count', 'count', 'working')
    server.userRuns = [aRun('demo', { agent_id: run.agent_id, run_id: run.run_id, session_id: run.session_id })]
    const { user } = renderRoute(server, '/runs')
    await user.click(await screen.findByRole('button', { name: 'End this run of demo' }))
    expect(server.runs.get(run.run_id)?.status).toBe('cancelled')
  })
})
