import { describe, expect, it } from 'vitest'
import { ThinkingTags } from './thinking-tags.ts'

/** What is thought and what is said, once the text has come in pieces of this length. */
function apart(text: string, length = text.length) {
  const tags = new ThinkingTags()
  const made = { thinking: '', text: '' }
  const take = (pieces: ReturnType<ThinkingTags['push']>) => {
    for (const piece of pieces) {
      if (piece.type === 'text_was_thinking') Object.assign(made, { thinking: made.thinking + made.text, text: '' })
      else made[piece.type] += piece.text
    }
  }
  for (let at = 0; at < text.length; at += length) take(tags.push(text.slice(at, at + length)))
  take(tags.end())
  return made
}

describe('thinking tags', () => {
  it.each([
    ['<think>a</think>b', 'a', 'b'],
    [' \n<THINK>\n a b \n</Think>\n\nc', 'a b', 'c'],
    ['<think>a</think> <thought> b</thought>c', 'ab', 'c'],
    ['a\n</think>\nb', 'a', 'b'],
    ['a </think>\nb', 'a', 'b'],
    ['a </think> b', '', 'a </think> b'],
    ['`</think>\n', '', '`</think>\n'],
    ['```\n</think>\n```\n</think>\nb', '```\n</think>\n```', 'b'],
    ['````\n``\n</think>\n', '', '````\n``\n</think>\n'],
    ['  plain', '', '  plain'],
    ['<think>a ', 'a ', ''],
    ['<think>İ</think>b', 'İ', 'b'],
  ])('are told from the answer: %j', (text, thinking, said) => {
    expect(apart(text)).toEqual({ thinking, text: said })
  })

  it('are told from the answer whatever the pieces', () => {
    const text = ' \n<think>\n a\n\nb \n</think>\n<Thought> c </THOUGHT>\n\nd </think> `e`'
    for (let length = 1; length <= text.length; length++) {
      expect(apart(text, length)).toEqual({ thinking: 'a\n\nbc', text: 'd </think> `e`' })
    }
    const fenced = ' ```\n</think>\n```\n'
    for (let length = 1; length <= fenced.length; length++) {
      expect(apart(fenced, length)).toEqual({ thinking: '', text: fenced })
    }
  })

  it.each([
    ['tags that close nothing', 'x</think>y ', 60_000],
    ['code with tags in it', '```\n</think>\nx```y', 60_000],
    ['one thought after the other', '<think>a</think>', 60_000],
    ['space', ' ', 400_000],
  ])('are read to the end however many there are: %s', (_, part, times) => {
    const text = part.repeat(times)
    for (const length of [1, 24, text.length]) {
      const { thinking, text: said } = apart(`${text}.`, length)
      expect(said.endsWith('.')).toBe(true)
      expect(thinking.length + said.length).toBe(part.startsWith('<think>') ? times + 1 : text.length + 1)
    }
    expect(apart(`<think>${' '.repeat(times)}a${' '.repeat(times)}</think>b`, 1)).toEqual({
      thinking: 'a',
      text: 'b',
    })
  })
})
