import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const surfaces = ['bg', 'surface', 'raised', 'hover', 'code-bg']
const texts = ['text', 'muted', 'faint', 'accent-text', 'danger', 'warn', 'info']

function tokensOf(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(selector)).match(/\{([^}]*)\}/)?.[1] ?? ''
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]))
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

describe.each(['[data-theme="dark"]', '[data-theme="light"]'])('%s', (selector) => {
  const tokens = tokensOf(selector)
  const get = (name: string) => tokens.get(name) ?? expect.fail(`no token ${name}`)

  it.each(texts)('%s can be read on every surface', (text) => {
    for (const surface of surfaces) expect(contrast(get(text), get(surface)), surface).toBeGreaterThanOrEqual(4.5)
  })

  it('code can be read in every colour', () => {
    for (const [name, value] of tokens) {
      if (name.startsWith('code-token') || name === 'code-foreground') {
        expect(contrast(value, get('code-bg')), name).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  it('warnings and errors can be read on their own ground', () => {
    for (const tone of ['danger', 'warn'])
      for (const text of [tone, 'text', 'muted']) {
        expect(contrast(get(text), get(`${tone}-soft`)), `${text} on ${tone}`).toBeGreaterThanOrEqual(4.5)
      }
  })

  it('the colours of columns can be told from what they lie on', () => {
    const hues = [...tokens].filter(([name]) => name.startsWith('hue-'))
    expect(hues).toHaveLength(8)
    for (const [name, value] of hues)
      for (const surface of ['bg', 'surface', 'raised']) {
        expect(contrast(value, get(surface)), `${name} on ${surface}`).toBeGreaterThanOrEqual(3)
      }
  })

  it('focus and the edges of fields can be seen', () => {
    for (const edge of ['ring', 'line-strong'])
      for (const surface of ['bg', 'surface', 'raised']) {
        expect(contrast(get(edge), get(surface)), `${edge} on ${surface}`).toBeGreaterThanOrEqual(3)
      }
  })
})

it('text on the accent can be read', () => {
  const tokens = tokensOf(':root')
  for (const accent of ['accent', 'accent-hover']) {
    expect(contrast(tokens.get('on-accent')!, tokens.get(accent)!)).toBeGreaterThanOrEqual(4.5)
  }
})
