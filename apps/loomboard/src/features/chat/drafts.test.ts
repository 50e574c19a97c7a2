import { describe, expect, it } from 'vitest'
import { hasArrived, restoredText } from './drafts.ts'

describe('a message that may not have arrived', () => {
  it('has, when a later turn says the same', () => {
    expect(hasArrived({ text: 'go on', after: 's3' }, { turnId: 's9', text: 'go on' })).toBe(true)
  })

  it('has not, when only the turn before it said the same', () => {
    expect(hasArrived({ text: 'go on', after: 's3' }, { turnId: 's3', text: 'go on' })).toBe(false)
    expect(hasArrived({ text: 'go on', after: 's3' }, { turnId: 's9', text: 'stop' })).toBe(false)
    expect(hasArrived({ text: 'go on' }, undefined)).toBe(false)
  })

  it('is back in the field once, above what was being typed', () => {
    expect(restoredText({ text: 'sent' }, 'typed')).toBe('sent\n\ntyped')
    expect(restoredText({ text: 'sent' }, 'sent')).toBe('sent')
    expect(restoredText({ text: 'sent' }, '')).toBe('sent')
    expect(restoredText(undefined, 'typed')).toBe('typed')
  })
})
