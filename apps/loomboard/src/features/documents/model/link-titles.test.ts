import { expect, it } from 'vitest'
import { linkTitles } from './link-titles.ts'

const edge = { from_id: 'a', to_id: 'b', kind: 'references', auto: true, to_title: 'Launch day', to_document_id: 'd' }

it('turns links between chunks into links to their pages, where somebody knows what they mean', () => {
  const linked = (body: string) => linkTitles(body, [edge], 'a', { document_id: 'd', paths: ['/docs/plan'] })
  expect(linked('before [[launch  DAY]].')).toBe('before [Launch day](/docs/plan?card=b).')
  expect(linked('[[b|that day]]')).toBe('[that day](/docs/plan?card=b)')
  expect(linked('[[Nobody knows]]')).toBe('[[Nobody knows]]')
  expect(linked('`[[Launch day]]`\n```\n[[Launch day]]\n```')).toBe('`[[Launch day]]`\n```\n[[Launch day]]\n```')
  const elsewhere = { document_id: 'x', paths: ['/docs/x'] }
  expect(linkTitles('[[Launch day]]', [edge], 'a', elsewhere)).toBe('[Launch day](/documents/d?card=b)')
  expect(linkTitles('[[Launch day]]', [{ ...edge, auto: false }], 'a', elsewhere)).toBe('[[Launch day]]')
})
