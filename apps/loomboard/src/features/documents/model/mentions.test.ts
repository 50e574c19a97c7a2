import { describe, expect, it } from 'vitest'
import { mentionsIn } from './mentions.ts'

const known = { agents: ['doc', 'doc/manager', 'drafter'], people: ['ada', 'ada.b@example.org'] }

describe('mentions', () => {
  it.each([
    ['@drafter, please', ['drafter']],
    ['ask (@drafter) and @ada.', ['drafter', 'ada']],
    ['@doc/manager', ['doc/manager']],
    ['@doc', ['doc']],
    ['@doc-writer', []],
    ['@drafters', []],
    ['mail me@ada', []],
    ['@ada.b@example.org and @ada', ['ada.b@example.org', 'ada']],
    ['@drafter @drafter', ['drafter']],
    ['`@drafter` and\n```\n@ada\n```', []],
    ['nobody', []],
  ])('in “%s” are %j', (text, names) => {
    expect(mentionsIn(text, known)).toEqual(names)
  })
})
