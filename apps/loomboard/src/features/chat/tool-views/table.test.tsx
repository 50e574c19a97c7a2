// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { TableView } from './table.tsx'

it('a result of very many columns and rows shows the first of both, and says how many more there are', () => {
  const columns = Array.from({ length: 1990 }, (_, n) => `c${n}`)
  const rows = Array.from({ length: 60 }, () => columns.map((_, n) => n))
  const result = JSON.stringify({ columns, rows })
  const call = { kind: 'tool', id: '1', callId: '1', name: 'query', input: {}, state: 'done', startedAt: 0 } as const
  render(<TableView part={{ ...call, result }} />)
  expect(screen.getAllByRole('columnheader')).toHaveLength(50)
  expect(screen.getAllByRole('row')).toHaveLength(51)
  expect(screen.getByText('And 1,940 more columns, in the raw view.')).toBeTruthy()
  expect(screen.getByText('And 10 more.')).toBeTruthy()
})

it('a result of many long texts shows the beginning of each', () => {
  const columns = Array.from({ length: 50 }, (_, n) => `${n} ${'name '.repeat(100)}`)
  const rows = Array.from({ length: 50 }, () => columns.map(() => 'words '.repeat(70)))
  const call = { kind: 'tool', id: '1', callId: '1', name: 'query', input: {}, state: 'done', startedAt: 0 } as const
  const { container } = render(<TableView part={{ ...call, result: JSON.stringify({ columns, rows }) }} />)
  expect(container.querySelectorAll('td')).toHaveLength(2500)
  expect(container.textContent!.length).toBeLessThan(70_000)
})
