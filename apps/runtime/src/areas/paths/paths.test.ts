import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ToolError } from '../../ground/tool-error.ts'
import { someDocuments } from '../documents/testing/some-documents.ts'
import { isBelow, parsePath, toSlug } from './path.ts'

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

describe('a path that somebody makes up', () => {
  const tricky = fc.constantFrom('a', 'B', '9', '.', '..', '-', '_', '/', '//', ' ', 'ü', '\\', '%', '\0', '~', '🧵')
  const anyText = fc.oneof(
    fc.array(tricky, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  )

  it('is refused in words, or has one spelling within the limits, however it is written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let path: string
        try {
          path = parsePath(text)
        } catch (error) {
          expect(error).toBeInstanceOf(ToolError)
          return
        }
        expect(path).toMatch(/^\/([A-Za-z0-9._-]{1,64}(\/[A-Za-z0-9._-]{1,64})*)?$/)
        expect(path.split('/')).not.toContain('.')
        expect(path.split('/')).not.toContain('..')
        expect(path.length).toBeLessThanOrEqual(1024)
        expect(parsePath(`${path}/`)).toBe(path)
        expect(parsePath(path.replaceAll('/', '//'))).toBe(path)
      }),
    )
  })

  it('is below another exactly where its segments begin with those of the other', () => {
    const path = fc.array(fc.constantFrom('a', 'ab', 'a-b', 'a.b', 'A'), { maxLength: 4 })
    fc.assert(
      fc.property(path, path, (one, other) => {
        const below = one.length > other.length && other.every((segment, i) => segment === one[i])
        expect(isBelow(`/${one.join('/')}`, `/${other.join('/')}`)).toBe(below)
      }),
    )
  })
})

/** What a tree has to do, in the simplest way that does it. */
class ModelTree {
  readonly entries = new Map<string, 'directory' | 'document'>()

  exists = (path: string) => this.entries.has(path) || this.below(path).length > 0
  below = (path: string) => [...this.entries.keys()].filter((other) => other.startsWith(`${path}/`))

  mkdir(path: string): boolean {
    if (this.entries.get(path) === 'document') return false
    this.entries.set(path, 'directory')
    return true
  }

  mv(from: string, to: string): boolean {
    if (from === to || to.startsWith(`${from}/`) || !this.exists(from) || this.exists(to)) return false
    for (const path of [from, ...this.below(from)]) {
      const kind = this.entries.get(path)
      if (kind === undefined) continue
      this.entries.delete(path)
      this.entries.set(to + path.slice(from.length), kind)
    }
    return true
  }

  rm(path: string, recursive: boolean): boolean {
    if (!this.exists(path) || (this.below(path).length > 0 && !recursive)) return false
    for (const gone of [path, ...this.below(path)]) this.entries.delete(gone)
    return true
  }
}

describe('any number of changes', () => {
  it('leave the tree that the same changes leave by hand', async () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'a-b'), { minLength: 1, maxLength: 3 })
      .map((parts) => `/${parts.join('/')}`)
    const step = fc.oneof(
      fc.record({ op: fc.constant('create' as const), path }),
      fc.record({ op: fc.constant('mkdir' as const), path }),
      fc.record({ op: fc.constant('mv' as const), path, to: path }),
      fc.record({ op: fc.constant('rm' as const), path, recursive: fc.boolean() }),
    )
    const { ask, path: call, names, db } = await aTree()
    await fc.assert(
      fc
        .asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const model = new ModelTree()
          for (const { op, ...input } of steps) {
            if (op === 'create') {
              if (model.entries.has(input.path)) continue
              model.entries.set(input.path, 'document')
              await ask('create_document', { title: 'x', path: input.path })
              continue
            }
            const done = await call(op, input).then(
              () => true,
              () => false,
            )
            const expected =
              op === 'mkdir'
                ? model.mkdir(input.path)
                : op === 'mv'
                  ? model.mv(input.path, (input as { to: string }).to)
                  : model.rm(input.path, (input as { recursive: boolean }).recursive)
            expect(done).toBe(expected)
          }
          const files = [...model.entries].flatMap(([at, kind]) => (kind === 'document' ? [at] : [])).sort()
          expect(await names('/', { recursive: true, kind_filter: 'document' })).toEqual(files)
          expect(await names('/', { recursive: true })).toHaveLength(everyName(model).size)
        })
        .afterEach(async () => {
          await db.write([{ sql: 'delete from dirents', parameters: [] }])
        }),
      { numRuns: 40 },
    )
  })
})

function everyName({ entries }: ModelTree): Set<string> {
  const names = new Set<string>()
  for (const path of entries.keys()) {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) names.add(path.slice(0, end))
  }
  return names
}

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
