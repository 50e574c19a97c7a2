import { expect, it } from 'vitest'
import { hostileTexts } from '../../../../../../e2e/fixtures/hostile-texts.ts'
import { isBoundless, isLightDiagram } from './diagram-weight.ts'

const source = (name: string) => hostileTexts[name]!.split('\n').slice(1, -1).join('\n')

it.each([
  'flowchart LR\n  A[Ask] --> B{Known?}\n  B -- yes --> C[Answer]',
  'sequenceDiagram\nA->>B: Hello\nB-->>A: Hi',
  'gantt\ndateFormat YYYY-MM-DD\nA :a, 2026-01-01, 30d\nB :after a, 2w',
  'packet-beta\n0-15: "Source"\n16-31: "Destination"',
  'pie\n"a": 386000\n"b": 85',
])('%j is drawn without being asked', (text) => {
  expect([isLightDiagram(text), isBoundless(text)]).toEqual([true, false])
})

it.each([
  'a dense diagram',
  'a diagram of many boxes',
  'a long sequence',
  'many joined boxes',
  'a diagram of subgraphs',
])('%s is drawn for whoever asks', (name) => {
  expect([isLightDiagram(source(name)), isBoundless(source(name))]).toEqual([false, false])
})

it('counts every box that is joined with every other', () => {
  const boxes = (name: string) => Array.from({ length: 8 }, (_, n) => `${name}${n}`).join(' & ')
  expect(isLightDiagram(`flowchart LR\n${boxes('a')} --> ${boxes('b')}`)).toBe(false)
  expect(isLightDiagram('flowchart LR\na & b --> c & d')).toBe(true)
})

it.each(['a packet of many bits', 'a century of tasks'])('%s is never drawn', (name) => {
  expect([isLightDiagram(source(name)), isBoundless(source(name))]).toEqual([false, true])
})
