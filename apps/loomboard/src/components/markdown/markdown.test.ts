// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { hostileTexts } from '../../../../../e2e/fixtures/hostile-texts.ts'
import { Markdown } from './markdown.tsx'

const markup = (text: string, streaming: boolean) =>
  renderToStaticMarkup(
    createElement(
      QueryClientProvider,
      { client: new QueryClient() },
      createElement(Markdown, { text: `Before.\n\n${text}\n\nAfter.`, streaming }),
    ),
  )
it('the first definition of a name is the one that counts, wherever the others stand', () => {
  const text = '[a]: https://first.example\n\n> See [a].\n>\n> [a]: https://second.example'
  for (const streaming of [true, false]) {
    expect(markup(text, streaming)).toContain('href="https://first.example"')
    expect(markup(text, streaming)).not.toContain('href="https://second.example"')
  }
})

const elements = (html: string) => html.match(/<[a-z]/g)?.length ?? 0

describe('a hostile text among others', () => {
  it.each(Object.entries(hostileTexts))('%s: is drawn in parts, or as it is', (_, text) => {
    const html = markup(text, false)
    expect(html).toContain('Before.')
    expect(elements(html)).toBeLessThan(16_000)
  })

  it.each(Object.entries(hostileTexts))('%s: grows without being parsed as a whole', (_, text) => {
    const html = markup(text.slice(0, 50_000), true)
    expect(html).toContain('Before.')
  })
})
