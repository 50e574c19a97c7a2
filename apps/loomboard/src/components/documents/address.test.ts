import { describe, expect, it } from 'vitest'
import { fromHref, pathToSplat, reference, splatToPath, toHref, withReferences } from './address.ts'

describe('the address of a document', () => {
  it('is its path, wherever that is', () => {
    for (const path of ['/', '/docs', '/docs/launch', '/docs/a/b.md', '/notes/x', '/docs/docs', '/documents/plan-2']) {
      expect(splatToPath(pathToSplat(path))).toBe(path)
      expect(fromHref(toHref({ path }))).toEqual({ path })
    }
    expect(toHref({ path: '/docs/launch' })).toBe('/docs/launch')
    expect(toHref({ path: '/notes/x' })).toBe('/docs/~/notes/x')
    expect(toHref({ path: '/' })).toBe('/docs')
  })

  it('is its id where it has no path, and names a chunk', () => {
    expect(toHref({ id: 'd1', chunk: 'c1' })).toBe('/documents/d1?card=c1')
    expect(fromHref('/documents/d1?card=c1')).toEqual({ id: 'd1', chunk: 'c1' })
    expect(toHref({ path: '/docs/a', chunk: '12e4' })).toBe('/docs/a?card=%2212e4%22')
    expect(fromHref('/docs/a?card=%2212e4%22')).toEqual({ path: '/docs/a', chunk: '12e4' })
    expect(fromHref('/docs/launch?card=c1&q=x#top')).toEqual({ path: '/docs/launch', chunk: 'c1' })
  })

  it('is never somebody else’s', () => {
    for (const href of [
      'https://x.example/docs/a',
      '//x.example/docs/a',
      '/docsx',
      '/chat/1',
      'docs/a',
      '/documents',
      '/documents/a/b',
    ]) {
      expect(fromHref(href)).toBeUndefined()
    }
  })
})

describe('a reference', () => {
  it('says path and chunk in words and leads there', () => {
    const launch = { id: 'd1', title: 'Launch plan', path: '/docs/launch' }
    expect(reference(launch)).toBe('[/docs/launch](/docs/launch)')
    expect(reference(launch, { id: 'c1', title: 'A [b] c' })).toBe('[/docs/launch#A \\[b\\] c](/docs/launch?card=c1)')
    expect(reference({ id: 'd1', title: 'No name' })).toBe('[No name](/documents/d1)')
  })

  it('is found again in a text, as it was written', () => {
    const text = `Look at ${reference({ id: 'd', title: 'T', path: '/docs/t' }, { id: 'c', title: 'A [b]' })}, please`
    expect(withReferences(text)).toEqual([
      'Look at ',
      { text: '/docs/t#A [b]', href: '/docs/t?card=c', address: { path: '/docs/t', chunk: 'c' } },
      ', please',
    ])
    expect(withReferences('a [b](https://c.example) [d](/chat/x)')).toEqual(['a [b](https://c.example) [d](/chat/x)'])
  })
})
