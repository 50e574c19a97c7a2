import { expect, it } from 'vitest'
import { withTaskToggled } from './toggle-task.ts'

const text =
  '- [ ] one\r\n- [x] two\r\n\r\n```\n- [ ] code\n```\n\n1. [X] three\n   - [ ] four\n> - [ ] five  \nand [ ] no'

it('a checkbox is ticked by one letter, and nothing else changes', () => {
  expect(withTaskToggled(text, 0)).toBe(text.replace('[ ] one', '[x] one'))
  expect(withTaskToggled(text, 1)).toBe(text.replace('[x] two', '[ ] two'))
  expect(withTaskToggled(text, 2)).toBe(text.replace('[X] three', '[ ] three'))
  expect(withTaskToggled(text, 3)).toBe(text.replace('[ ] four', '[x] four'))
  expect(withTaskToggled(text, 4)).toBe(text.replace('[ ] five', '[x] five'))
})

it('what is no checkbox is none', () => {
  expect(withTaskToggled(text, 5)).toBeUndefined()
})
