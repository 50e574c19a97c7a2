import { describe, expect, it } from 'vitest'
import { emptyView, type PendingInput } from '../types.ts'
import { asksFirst, joinWritten, unreadOf, writtenBack } from './returned.ts'

const pending = (more: Partial<PendingInput> = {}): PendingInput => ({
  localId: 'l1',
  inputId: 'in1',
  text: 'Words <file>',
  at: 0,
  state: 'unread',
  ...more,
})
const file = { id: 'f', name: 'notes.txt', content: { kind: 'text' as const, text: 'x' } }
const input = (input_id: string, text: string) => ({ input_id, run_id: 'r1', text, segments: [], said_at: '' })

describe('what a run did not read', () => {
  it('is only what it ended without', () => {
    const [queued, sending, unread] = [pending({ state: 'queued' }), pending({ state: 'sending' }), pending()]
    expect(unreadOf({ ...emptyView, pending: [queued, sending, unread] })).toEqual([unread])
  })

  it('is asked for first where it was said, or where the run was ended', () => {
    expect(asksFirst([pending({ elsewhere: true })], false)).toBe(false)
    expect(asksFirst([pending({ elsewhere: true })], true)).toBe(true)
    expect(asksFirst([pending({ elsewhere: true }), pending()], false)).toBe(true)
  })

  it('comes back as its author had it; what was said elsewhere, as the runtime has it', () => {
    const written = { text: 'Words', attachments: [file as never] }
    expect(writtenBack([input('in1', 'Words <file>')], [pending({ written })])).toEqual([written])
    expect(writtenBack([input('in1', 'Plain')], [pending({ written, elsewhere: true })])).toEqual([
      { text: 'Plain', attachments: [] },
    ])
    expect(writtenBack([input('in2', 'Other')], [pending({ written })])).toEqual([{ text: 'Other', attachments: [] }])
  })

  it('goes into the composer together, in order', () => {
    const messages = [
      { text: 'One', attachments: [file as never] },
      { text: '', attachments: [] },
      { text: 'Two', attachments: [] },
    ]
    expect(joinWritten(messages)).toEqual({ text: 'One\n\nTwo', attachments: [file] })
  })
})
