// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { renderRoute, triedAgain } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
  server.agentDefs.configured.set('writer', { skills: ['style/*'] })
  server.agentDefs.configured.set('reader', { skills: ['other'] })
})

const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name, { selector: 'input, select, textarea' })
const region = (name: string) => screen.findByRole('region', { name })

describe('skills', () => {
  it('are listed with when they are of use, and how many agents may read them', async () => {
    server.skillDefs.configured.set('style/letters', { description: 'For letters.', body: '# Letters' })
    server.skillDefs.add('sums', { description: 'For sums.', body: 'Add.' })
    const { user } = renderRoute(server, '/skills')
    const lines = within(await screen.findByRole('list', { name: 'Skills' })).getAllByRole('link')
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^style\/lettersFor letters\.Configured1 agent may read it/),
      expect.stringMatching(/^sumsFor sums\.Made here.*1 version/),
    ])
    await expect.poll(() => lines[1]!.textContent).toContain('No agent has it')
    await user.type(screen.getByRole('searchbox', { name: 'Search skills' }), 'letters')
    expect(within(screen.getByRole('list', { name: 'Skills' })).getAllByRole('link')).toHaveLength(1)
  })

  it('have a page with what they say, who has them and their versions', async () => {
    server.skillDefs.add('style/letters', {
      description: 'For letters.',
      body: '# Letters\n\nBe brief.',
      tools: ['Read'],
    })
    server.skillDefs.add(
      'style/letters',
      { description: 'For letters.', body: '# Letters\n\nBe long.' },
      { promote: false },
    )
    const { user } = renderRoute(server, '/skills/style/letters')
    expect((await region('Instructions')).textContent).toContain('Be brief.')
    const readers = await region('Who has it')
    expect((await within(readers).findByRole('link', { name: 'writer' })).getAttribute('href')).toBe('/agents/writer')
    expect(readers.textContent).not.toContain('reader')
    expect(readers.textContent).toContain('needs Read')
    await user.click(await screen.findByRole('button', { name: 'Changes in version 2' }))
    expect((await region('Comparison')).textContent).toContain('+  Be long.')
    await user.click(screen.getByRole('button', { name: 'Actions for version 2' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Put to use' }))
    await expect.poll(() => server.skillDefs.active.get('style/letters')).toBe('sdf_style-letters_2')
  })

  it('are written in Markdown and saved as a version', async () => {
    const { user } = renderRoute(server, '/skills?create=true')
    await user.type(await field('Name'), 'sums')
    await user.type(await field('Description'), 'For sums.')
    await user.type(await field('Instructions'), '# Sums{Enter}Add.')
    await user.click(screen.getByRole('button', { name: 'Review and save' }))
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('heading', { name: 'sums', level: 2 })).toBeTruthy()
    expect(server.skillDefs.rows[0]).toMatchObject({
      name: 'sums',
      definition: { description: 'For sums.', body: '# Sums\nAdd.' },
    })
  })

  it('that nobody can read are said to be so', async () => {
    await triedAgain(server, '/skills', /_library\/skills/)
    expect(await screen.findByText('There is no skill yet')).toBeTruthy()
  })
})
