import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someDocuments } from '../documents/testing/some-documents.ts'
import { parsePath, toSlug } from './path.ts'

async function aTree() {
  const { path, ask, ...rest } = await someDocuments()
  const refusal = async (op: string, input: Record<string, unknown>) =>
    path(op, input).then(
      () => 'not refused',
      (error: Error) => error.message,
    )
  const names = async (at?: string, more: object = {}): Promise<string[]> =>
    (await path('ls', { ...(at === undefined ? {} : { path: at }), ...more })).entries.map(
      ({ full_path, kind }: { full_path: string; kind: string }) =>
        kind === 'directory' ? `${full_path}/` : full_path,
    )
  return { ...rest, path, ask, refusal, names }
}

describe('a path', () => {
  it('has one spelling', () => {
    expect(['', '/', '//', '/a//b/', '/A-1/b_2.md'].map(parsePath)).toEqual(['/', '/', '/', '/a/b', '/A-1/b_2.md'])
  })

  it.each([
    'a',
    '/a/../b',
    '/./a',
    '/a b',
    '/ü',
    `/${'a'.repeat(65)}`,
    '/a'.repeat(65),
    `/${'a'.repeat(60)}`.repeat(17),
  ])('is not %s', (text) => {
    expect(() => parsePath(text)).toThrow()
  })

  it('is what it was when it is read again, and a slug is a segment of one', () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/).filter((text) => text !== '.' && text !== '..')
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        const path = parsePath(segments.map((one) => `/${one}`).join('//'))
        expect(parsePath(path)).toBe(path)
        expect(path.split('/').filter(Boolean)).toEqual(segments)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        const slug = toSlug(title)
        expect(parsePath(`/${slug}`)).toBe(`/${slug}`)
      }),
    )
  })
})

describe('the tree', () => {
  it('lists what is made and what only others go through', async () => {
    const { path, ask, names } = await aTree()
    await ask('create_document', { title: 'A', path: '/docs/launch/a' })
    await ask('create_document', { title: 'B', path: '/docs/b' })
    await ask('create_document', { title: 'C', path: '/docs/b/c' })
    await ask('create_document', { title: 'D', path: '/docs-2' })
    expect(await path('mkdir', { path: '/empty/' })).toEqual({ ok: true, path: '/empty', created: true })
    expect(await path('mkdir', { path: '/empty' })).toMatchObject({
      ok: true,
      created: false,
      note: expect.any(String),
    })
    expect(await names()).toEqual(['/docs/', '/docs-2', '/empty/'])
    expect(await names('/docs')).toEqual(['/docs/b', '/docs/launch/'])
    expect(await names('/docs/b')).toEqual(['/docs/b/c'])
    expect(await names('/', { recursive: true })).toEqual([
      '/docs/',
      '/docs-2',
      '/docs/b',
      '/docs/b/c',
      '/docs/launch/',
      '/docs/launch/a',
      '/empty/',
    ])
    expect(await names('/', { recursive: true, kind_filter: 'document' })).toHaveLength(4)
    expect(await path('ls', { path: '/nope' })).toEqual({ path: '/nope', entries: [] })
    expect(await path('resolve', { path: '/docs/b' })).toEqual({
      name: 'b',
      kind: 'document',
      full_path: '/docs/b',
      resource_ref: { document_id: expect.any(String) },
    })
    expect(await path('resolve', { path: '/docs/launch' })).toEqual({
      name: 'launch',
      kind: 'directory',
      full_path: '/docs/launch',
    })
    expect(await path('resolve', { path: '' })).toEqual({ kind: 'directory', full_path: '/' })
    expect(await path('stat', { path: '/docs' })).toEqual({
      full_path: '/docs',
      name: 'docs',
      kind: 'directory',
      scope: 'user',
      resource_ref: {},
      created_at: '1970-01-01T00:00:01.001Z',
      updated_at: '1970-01-01T00:00:01.003Z',
    })
  })

  it('moves whole, implicit directories too', async () => {
    const { path, ask, names, refusal } = await aTree()
    for (const at of ['/docs/launch/a', '/docs/launch/b/c', '/docs/launched'])
      await ask('create_document', { title: 'x', path: at })
    expect(await path('mv', { path: '/docs/launch', to: '/archive/2026' })).toEqual({
      ok: true,
      from: '/docs/launch',
      to: '/archive/2026',
    })
    expect(await names('/', { recursive: true, kind_filter: 'document' })).toEqual([
      '/archive/2026/a',
      '/archive/2026/b/c',
      '/docs/launched',
    ])
    expect((await ask('get_document', { path: '/archive/2026/b/c' })).title).toBe('x')
    expect(await refusal('mv', { path: '/docs/launch', to: '/x' })).toBe('mv: no such path: /docs/launch')
    expect(await refusal('mv', { path: '/docs', to: '/docs' })).toContain('same path')
    expect(await refusal('mv', { path: '/archive', to: '/archive/2026/x' })).toContain('own subtree')
    expect(await refusal('mv', { path: '/docs/launched', to: '/archive' })).toContain('exists already')
    expect(await refusal('mv', { path: '/', to: '/x' })).toContain('the root')
    const deep = '/d'.repeat(63)
    expect(await refusal('mv', { path: '/archive', to: deep })).toContain('at most 64 segments')
    expect(await names('/archive')).toEqual(['/archive/2026/'])
  })

  it('loses names, and never what they stand for', async () => {
    const { path, ask, refusal } = await aTree()
    const { document_id } = await ask('create_document', { title: 'x', path: '/docs/a' })
    await ask('create_document', { title: 'y', path: '/docs/a/b' })
    expect(await refusal('rm', { path: '/docs' })).toContain('2 descendants')
    expect(await refusal('rm', { path: '/docs/a' })).toContain('1 descendant;')
    expect(await refusal('rm', { path: '/docs', recursive: true, resource_too: true })).toContain(
      'resource_too is not supported',
    )
    expect(await refusal('rm', { path: '/' })).toContain('the root')
    expect(await path('rm', { path: '/docs', recursive: true })).toEqual({ ok: true, removed: '/docs', n_removed: 2 })
    expect(await refusal('rm', { path: '/docs', recursive: true })).toContain('no such path')
    expect(await ask('get_document', { id: document_id })).toMatchObject({ title: 'x', paths: [] })
  })

  it('is another one for every scope, user and tenant', async () => {
    const { path, ask, asAgent } = await aTree()
    await ask('create_document', { title: 'x', path: '/a' })
    expect((await path('ls', { scope: 'agent' })).entries).toEqual([])
    expect((await path('ls', { scope: 'tenant' })).entries).toEqual([])
    expect((await asAgent().path('ls', {})).entries).toHaveLength(1)
    expect((await asAgent('r_1', { userId: 'bob' }).path('ls', {})).entries).toEqual([])
    expect((await asAgent('r_1', { tenantId: 'other' }).path('ls', {})).entries).toEqual([])
  })

  it('refuses a name that stands for something else', async () => {
    const { ask, refusal } = await aTree()
    await ask('create_document', { title: 'x', path: '/a' })
    expect(await refusal('mkdir', { path: '/a' })).toBe('mkdir: /a exists as a document')
    expect(await refusal('mkdir', { path: '/' })).toContain('the root')
    expect(await refusal('resolve', { path: '/b' })).toBe('resolve: no such path: /b')
    expect(await refusal('stat', { path: 'x' })).toContain('must start with /')
  })
})
