// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Markdown } from './markdown.tsx'

const text = '# A *part*\n\nWords[^1], and [up](#a-part), [away](#gone).\n\n[^1]: A note.'

it('leads to footnotes and headings of its own text, and back, and leaves the address alone', () => {
  const { container } = render(
    <QueryClientProvider client={new QueryClient()}>
      <Markdown text={text} />
      <Markdown text={text} />
    </QueryClientProvider>,
  )
  const [, second] = container.querySelectorAll<HTMLElement>('.md')
  const own = within(second!)
  const click = (name: string) => expect(fireEvent.click(own.getByRole('link', { name }))).toBe(false)
  click('1')
  expect(document.activeElement).toBe(own.getByText('A note.').closest('li'))
  click('Back to reference 1')
  expect(document.activeElement).toBe(own.getByRole('link', { name: '1' }))
  click('up')
  expect(document.activeElement).toBe(own.getByRole('heading', { name: 'A part' }))
  click('away')
  expect(document.activeElement).toBe(own.getByRole('heading', { name: 'A part' }))
  expect(screen.getAllByText('A note.')).toHaveLength(2)
})
