import { expect, it } from 'vitest'
import { inALine } from './in-a-line.ts'

it('what became of a chunk is told in one line', () => {
  const changes = {
    status: { from: 'scheduled', to: 'drafted' },
    fields: { from: { date: '2026-06-01', owner: 'ada' }, to: { date: '2026-06-02', owner: 'ada', channel: 'forum' } },
    title: { from: '', to: 'x'.repeat(60) },
  }
  expect(inALine({ changes, diff: '@@ -1,2 +1,3 @@\n one\n-two\n+zwei\n+drei\n' })).toBe(
    `status scheduled → drafted · date 2026-06-01 → 2026-06-02 · channel nothing → forum · title nothing → ${'x'.repeat(39)}… · text +2 −1`,
  )
  expect(inALine({ changes: {}, diff: '@@ -1 +1 @@\n+new\n' })).toBe('text +1')
  expect(inALine({ changes: {}, diff: '' })).toBe('nothing that shows')
})
