import { describe, expect, it } from 'vitest'
import { withAbout, withoutAbout } from './about.ts'

describe('what a message is about', () => {
  it('is its last line, and not what somebody wrote', () => {
    const whole = withAbout(
      'Shorten it.\n\nAbout: half',
      '[plan#Goals](/docs/plan?card=a), [plan#Aim](/docs/plan?card=b)',
    )
    expect(whole.split('\n').at(-1)).toBe('About: [plan#Goals](/docs/plan?card=a), [plan#Aim](/docs/plan?card=b)')
    expect(withoutAbout(whole)).toBe('Shorten it.\n\nAbout: half')
  })

  it('is nothing where somebody only says the word', () => {
    for (const text of ['About: cats', 'x\n\nAbout: cats', 'x\n\nAbout: [a](/docs/a)\nand more']) {
      expect(withoutAbout(text)).toBe(text)
    }
  })
})
