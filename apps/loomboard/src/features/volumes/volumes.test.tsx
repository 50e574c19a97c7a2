// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '../../testing/fake-server.ts'
import { renderRoute } from '../../testing/render-route.tsx'

let server: FakeServer

beforeEach(() => {
  localStorage.clear()
  server = new FakeServer()
})

const files = async () =>
  within(await screen.findByRole('list', { name: 'Files' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)

describe('volumes', () => {
  it('are listed with what may be done in them, where they are from and which is the default', async () => {
    server.volumes.add('work', {}, { default: true, dynamic_root: true })
    server.volumes.add('notes', {}, { mode: 'ro', source: 'dynamic', path: '' })
    renderRoute(server, '/volumes')
    const list = within(await screen.findByRole('list', { name: 'Volumes' })).getAllByRole('listitem')
    expect(list[0]!.textContent).toMatch(/workRead and writeDefaultConfiguredVolumes that are made here.*\/srv\/work/)
    expect(list[1]!.textContent).toMatch(/notesTo read onlyMade here/)
    expect(within(list[0]!).queryByRole('button')).toBeNull()
  })

  it('are made, and said why not', async () => {
    server.volumes.add('work')
    const { user } = renderRoute(server, '/volumes')
    await user.click(await screen.findByRole('button', { name: 'New volume' }))
    const dialog = await screen.findByRole('dialog', { name: 'New volume' })
    const name = within(dialog).getByLabelText('Name')
    await user.type(name, 'work')
    await user.click(within(dialog).getByRole('button', { name: 'Make it' }))
    expect((await within(dialog).findByRole('alert')).textContent).toContain('there is a volume work')
    await user.clear(name)
    await user.type(name, 'drafts')
    await user.selectOptions(within(dialog).getByRole('combobox'), 'Read only')
    await user.click(within(dialog).getByRole('button', { name: 'Make it' }))
    expect((await screen.findByRole('link', { name: /^drafts/ })).textContent).toContain('To read only')
  })

  it('are removed with their files only by whoever writes the name', async () => {
    server.volumes.add('drafts', { 'a.txt': 'a' }, { source: 'dynamic' })
    const { user } = renderRoute(server, '/volumes')
    await user.click(await screen.findByRole('button', { name: 'Actions for drafts' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Remove with its files' }))
    const dialog = await screen.findByRole('dialog', { name: 'Remove drafts with its files?' })
    const remove = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Remove with its files' })
    await user.type(within(dialog).getByRole('textbox'), 'draft')
    expect(remove.disabled).toBe(true)
    await user.type(within(dialog).getByRole('textbox'), '{Enter}')
    expect(server.volumes.volumes).toHaveLength(1)
    await user.type(within(dialog).getByRole('textbox'), 's')
    await user.click(remove)
    expect(await screen.findByText('There is no volume yet')).toBeTruthy()
    expect(server.requests.at(-3)).toMatchObject({ body: { op: 'purge', name: 'drafts' } })
  })

  it('have a menu that opens for whoever comes from one of them, too', async () => {
    server.volumes.add('drafts', {}, { source: 'dynamic' })
    const { user } = renderRoute(server, '/volumes/drafts')
    await screen.findByText('There is nothing in here')
    await user.click(screen.getByRole('link', { name: 'All volumes' }))
    await user.click(await screen.findByRole('button', { name: 'Actions for drafts' }))
    expect(await screen.findByRole('menuitem', { name: 'Remove with its files' })).toBeTruthy()
  })

  it('have folders and files, folders first, and a way back', async () => {
    server.volumes.add('work', { 'readme.md': '# Hello', 'src/main.ts': 'let a = 1', 'src/lib/x.ts': '' })
    const { user, router } = renderRoute(server, '/volumes/work')
    expect(await files()).toEqual([expect.stringMatching(/^src, a folder/), expect.stringMatching(/^readme\.md7 B/)])
    await user.click(screen.getByRole('link', { name: /^src/ }))
    await expect.poll(files).toEqual([expect.stringMatching(/^lib/), expect.stringMatching(/^main\.ts9 B/)])
    expect(router.state.location.search).toEqual({ path: 'src' })
    await user.click(screen.getByRole('link', { name: /^main\.ts/ }))
    expect((await screen.findByRole('article', { name: 'src/main.ts' })).textContent).toContain('let a = 1')
    await user.click(within(screen.getByRole('navigation', { name: 'Path' })).getByRole('link', { name: 'work' }))
    expect((await files())[0]).toContain('src')
  })

  it('show many files page by page', async () => {
    server.volumes.add('work', Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`f${1000 + n}`, 'x'])))
    const { user } = renderRoute(server, '/volumes/work')
    expect(await files()).toHaveLength(200)
    await user.click(screen.getByRole('button', { name: 'Show more' }))
    await expect.poll(async () => (await files()).length).toBe(250)
  })

  it('show Markdown as a page and as its source, pictures, and what is no text', async () => {
    const bytes = new Uint8Array([137, 80, 78, 71])
    server.volumes.add('work', { 'a.md': '# Hello *you*', 'b.png': bytes, 'c.bin': bytes, 'd.txt': '' })
    const { user } = renderRoute(server, '/volumes/work?file=a.md')
    expect(await screen.findByRole('heading', { name: 'Hello you' })).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'Source' }))
    expect(screen.getByText('# Hello *you*')).toBeTruthy()
    const open = async (file: string) => {
      await user.click(within(screen.getByRole('navigation', { name: 'Path' })).getByRole('link', { name: 'work' }))
      await user.click(await screen.findByRole('link', { name: new RegExp(`^${file}`) }))
    }
    await open('b.png')
    expect((await screen.findByRole('img', { name: 'b.png' })).getAttribute('src')).toBe(
      'data:image/png;base64,iVBORw==',
    )
    await open('c.bin')
    expect(await screen.findByText('This is not a text')).toBeTruthy()
    await open('d.txt')
    expect(await screen.findByText('The file is empty')).toBeTruthy()
  })

  it('read long files part by part', async () => {
    server.volumes.add('work', { 'long.log': `${'x'.repeat(262_144)}the end` })
    const { user } = renderRoute(server, '/volumes/work?file=long.log')
    const article = await screen.findByRole('article', { name: 'long.log' })
    await user.click(within(article).getByRole('button', { name: 'Show more of it' }))
    await expect.poll(() => server.requests.filter(({ path }) => path.includes('offset=262144')).length).toBe(1)
    await expect.poll(() => within(article).queryByRole('button', { name: 'Show more of it' })).toBeNull()
  })

  it('that are not there, or empty, are said to be so', async () => {
    server.volumes.add('empty')
    const { page } = renderRoute(server, '/volumes/gone')
    expect((await screen.findByRole('alert')).textContent).toContain('no such volume: gone')
    page.unmount()
    renderRoute(server, '/volumes/empty')
    expect(await screen.findByText('There is nothing in here')).toBeTruthy()
  })
})
