import { expect, it } from 'vitest'
import { aLog, call, parked, result, steer, text } from '../model/makers.ts'
import { toText } from '../model/typed.ts'
import { emptyView } from '../model/types.ts'
import { applyEvents } from '../model/view/run-view.ts'
import { toMarkdown } from './to-markdown.ts'

it('tells a conversation with what was said, attached and done', () => {
  const { log } = aLog()
  const asked = toText({ text: 'Read this', files: [{ name: 'notes.txt', text: 'secret contents' }] })
  const { turns } = applyEvents(
    emptyView,
    log(steer(asked), call('c1'), result('c1'), text('It **says** so.'), parked, steer('Thanks'), parked),
  )
  const markdown = toMarkdown('About notes', turns)
  expect(markdown.replace(/, \d{4}-.*$/gm, '')).toBe(
    '# About notes\n\n## You\n\nRead this\n\n*Attached: notes.txt*\n\n- **Memory**\n\nIt **says** so.\n\n## You\n\nThanks\n',
  )
  expect(markdown).not.toContain('secret contents')
})

it('says when, as it was where somebody reads it', () => {
  const { log } = aLog()
  const { turns } = applyEvents(emptyView, log(steer('Hello'), parked))
  const at = new Date(2026, 2, 1, 9, 5).getTime()
  const turn = { ...turns[0]!, input: { ...turns[0]!.input!, at } }
  expect(toMarkdown('A chat', [turn])).toContain('## You, 2026-03-01 09:05')
})
