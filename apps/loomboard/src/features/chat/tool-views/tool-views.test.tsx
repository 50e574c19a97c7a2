// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { type FakeRun, FakeServer } from '../../../testing/fake-server.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import { forgetConversation } from '../conversations.ts'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
  // Each test is a tab that has seen nothing.
  forgetConversation('s1')
})

/** A conversation in which an agent made this call, opened at it. */
async function called(name: string, input: object, result: string | object, isError = false) {
  const run: FakeRun = server.addSession('Work', 'Do it', 'working')
  const text = typeof result === 'string' ? result : JSON.stringify(result)
  server.emit(
    run,
    { type: 'tool_call', tool_use: { id: 'c1', name, input } },
    { type: 'tool_result', tool_use: { id: 'c1', name, input }, text, is_error: isError },
    { type: 'awaiting_input', awaiting_input: { since_turn: 1 } },
  )
  const { user } = renderRoute(server, `/chat/${run.session_id}`)
  const row = await screen.findByRole('button', { name: new RegExp(`${isError ? 'Failed' : 'Done'}.*${name}`) })
  if (!isError) await user.click(row)
  return { user, body: document.getElementById(row.getAttribute('aria-controls')!)! }
}

describe('a command', () => {
  it('is shown with what it wrote in its colours, and what was cut off', async () => {
    const { body } = await called(
      'Bash',
      { command: 'pnpm test', volume: 'work' },
      '\x1b[32m✓ one\x1b[0m\ndone\n[output truncated at 1048576 bytes]',
    )
    expect(body.textContent).toContain('pnpm test')
    expect(body.textContent).toContain('in work')
    expect(within(body).getByText('✓ one').style.color).toBe('var(--code-token-string)')
    expect(body.textContent).toContain('Cut off at 1048576 bytes')
    expect(body.textContent).not.toContain('[')
  })

  it('that failed is shown in the same way, with its exit code', async () => {
    const { body } = await called('Bashbox', { command: 'false' }, 'oh no\n[exit: exit status 3]', true)
    expect(within(body).getByText('Exit code 3')).toBeTruthy()
    expect(within(body).getByText('oh no')).toBeTruthy()
  })

  it('that was killed says why, and that it wrote nothing', async () => {
    const { body } = await called('Bash', { command: 'sleep 99' }, '[killed: it took longer than 30 s]', true)
    expect(within(body).getByText('Killed: it took longer than 30 s')).toBeTruthy()
    expect(within(body).getByText('It wrote nothing.')).toBeTruthy()
  })

  it('that wrote much shows the end of it, and the rest on demand', async () => {
    const { user, body } = await called(
      'Bash',
      { command: 'seq 100' },
      Array.from({ length: 100 }, (_, n) => `line ${n}`).join('\n'),
    )
    expect(within(body).queryByText('line 0')).toBeNull()
    expect(within(body).getByText('line 99')).toBeTruthy()
    await user.click(within(body).getByRole('button', { name: 'Show all 100 lines' }))
    expect(within(body).getByText('line 0')).toBeTruthy()
  })
})

describe('files', () => {
  it('that were read show their text, and of which lines it is', async () => {
    const { body } = await called(
      'Read',
      { path: 'src/a.ts' },
      'let a = 1\n[lines 1 to 1 of a file of 900 bytes. There is more: go on with offset 2.]',
    )
    expect(body.querySelector('code')!.textContent).toBe('let a = 1')
    expect(body.textContent).toContain('Lines 1 to 1 of a file of 900 bytes.')
  })

  it('that were written show what they say now', async () => {
    const { body } = await called('Write', { path: 'a.md', content: '# Title' }, 'wrote 7 bytes to a.md')
    expect(body.querySelector('code')!.textContent).toBe('# Title')
    expect(body.textContent).toContain('wrote 7 bytes to a.md')
  })

  it('that were edited show what became of the lines', async () => {
    const { body } = await called(
      'Edit',
      { path: 'a', old_string: 'one\ntwo', new_string: 'one\n2' },
      'edited a (1 replacement)',
    )
    expect(body.textContent).toContain('Removed: two')
    expect(body.textContent).toContain('Added: 2')
    expect(body.textContent).toContain('edited a (1 replacement)')
  })

  it('whose lines were searched show them file by file', async () => {
    const { body } = await called('Grep', { pattern: 'x', output_mode: 'content' }, 'a.ts:3:x = 1\nb.ts:9:x')
    expect(within(within(body).getByRole('region', { name: 'a.ts' })).getByText('x = 1')).toBeTruthy()
    expect(within(body).getByRole('region', { name: 'b.ts' }).textContent).toContain('9x')
  })

  it('that were counted show how often', async () => {
    const { body } = await called('Grep', { pattern: 'x', output_mode: 'count' }, 'a.ts:3\nb:c.ts:9')
    expect([...body.querySelectorAll('dt, dd')].map(({ textContent }) => textContent)).toEqual([
      'a.ts',
      '3',
      'b:c.ts',
      '9',
    ])
  })

  it('that were not found are said to be so', async () => {
    const { body } = await called('Glob', { pattern: '*.zig' }, 'no matches')
    expect(body.textContent).toBe('Nothing was found.')
  })

  it('that are notebooks show the cell', async () => {
    const { body } = await called(
      'NotebookEdit',
      { file_path: 'a.ipynb', cell_id: 'cell-2', source: 'x = 1' },
      'notebook replace: a.ipynb (3 cells)',
    )
    expect(body.textContent).toContain('Now says, cell cell-2')
    expect(body.querySelector('code')!.textContent).toBe('x = 1')
  })
})

describe('what agents define', () => {
  it('leads to its page, with its version', async () => {
    const row = {
      def_id: 'adf_1',
      name: 'team/helper',
      version: 4,
      promoted: true,
      definition: { description: 'Helps.' },
    }
    const { body } = await called('AgentDef', { op: 'create', name: 'team/helper' }, row)
    expect(within(body).getByRole('link', { name: 'team/helper' }).getAttribute('href')).toBe('/agents/team/helper')
    expect(body.textContent).toContain('version 4In useHelps.')
  })

  it('is listed, skills likewise', async () => {
    const versions = [2, 1].map((version) => ({
      def_id: `sdf_${version}`,
      name: 'sums',
      version,
      retired: version === 1,
    }))
    const { body } = await called('SkillDef', { op: 'list', name: 'sums' }, { name: 'sums', versions })
    const items = within(within(body).getByRole('list', { name: '2 versions' })).getAllByRole('listitem')
    expect(items.map(({ textContent }) => textContent)).toEqual(['sumsversion 2', 'sumsversion 1Retired'])
    expect(within(items[0]!).getByRole('link').getAttribute('href')).toBe('/skills/sums')
  })

  it('and volumes', async () => {
    const { body } = await called(
      'VolumeDef',
      { op: 'create', name: 'drafts' },
      { name: 'drafts', path: '', mode: 'ro' },
    )
    expect(within(body).getByRole('link', { name: 'drafts' }).getAttribute('href')).toBe('/volumes/drafts')
    expect(body.textContent).toContain('To read only')
  })

  it('and skills that were read are shown as they read', async () => {
    const { body } = await called('Skill', { name: 'sums' }, '# Adding\n\nCarry the one.')
    expect(within(body).getByRole('heading', { name: 'Adding' })).toBeTruthy()
    expect(within(body).getByRole('link', { name: 'sums' })).toBeTruthy()
  })
})

it('a call that failed says why, whatever tool it is', async () => {
  const { body } = await called('Read', { path: 'gone' }, 'there is no file gone', true)
  expect(body.textContent).toContain('there is no file gone')
})
