import { expect, it } from 'vitest'
import { hostileDiagrams } from '../../../../../../e2e/fixtures/hostile-diagrams.ts'
import { diagramTextOf, statementsOf } from './diagram-text.ts'

const drawn = (source: string) => {
  const diagram = diagramTextOf(source)
  return diagram && statementsOf(diagram)
}

it('settings are taken away, wherever they stand, and the title stays', () => {
  const source =
    '---\ntitle: "A *plan*"\nconfig:\n  look: handDrawn\n---\n%%{init: {\n"wrap": true}}%%\n%% a word\npie\n"a": 1'
  expect(drawn(source)).toBe('---\ntitle: "A *plan*"\n---\npie\n"a": 1')
  expect(drawn('---\r\nkanban: 1\r\n---\r\npie\r\n"a": 1')).toBe('pie\n"a": 1')
  expect(drawn('pie %%{wrap}%%\n"a": 1 %%{init: {"x"\n"b": 2')).toBe('pie \n\n"a": 1 \n\n"b": 2')
})

it('two that are taken away do not make a third', () => {
  expect(drawn('pie\n%%%%{x}%%{init: {}}%%\n"a": 1')).not.toContain('%%{')
  expect(drawn('---\nx: 1\n---\n---\nkanban: 1\n---\npie')).toBeUndefined()
})

it('a shape has its label and no picture', () => {
  expect(drawn('flowchart LR\nA@{ img: "/x", label: "a } b", h: 60 } --> B@{\n  icon: "y"\n  shape: rounded\n}')).toBe(
    'flowchart LR\nA@{ "label": "a   b" } --> B@{ "shape": "rounded" }',
  )
})

it('what is HTML is shown as it is written; arrows, kinds of classes and line breaks stay', () => {
  expect(drawn('flowchart LR\nA["<b>x</b><br/><img src=/y>"] <--> B["#lt;img&lt;img#60;"]')).toBe(
    'flowchart LR\nA["x<br/>‹img src=/y>"] <--> B["‹img‹img‹"]',
  )
  expect(drawn('classDiagram\nA <|-- B\n<<interface>> A')).toBe('classDiagram\nA <|-- B\n<<interface>> A')
  expect(drawn('sequenceDiagram\nA<<->>B: $$x$$')).toBe('sequenceDiagram\nA<<->>B: x')
})

it('styles have no addresses, however they are spelled', () => {
  expect(drawn('flowchart LR\nimage(An image) --> A[\\x/]\nstyle A fill:url(/x),mask:u\\72l(/y)')).toBe(
    'flowchart LR\nimage(An image) --> A[\\x/]\nstyle A fill:url (/x),mask:u72l(/y)',
  )
})

it.each([
  'properties A: {"icon": "/x"}',
  'A->>B: x; links B: {}',
  'loop x\nA->>B: hi\nend properties A: {"icon": "/x"}',
  'opt x\nA->>B: hi\nend details A: x',
])('who takes part in a sequence has no icon and no links: %s', (statements) => {
  expect(drawn(`sequenceDiagram\n${statements}`)).toBeUndefined()
})

it('a message may speak of links', () => {
  expect(drawn('sequenceDiagram\nA->>B: links\nB->>A: the link')).toBe('sequenceDiagram\nA->>B: links\nB->>A: the link')
})

it.each([
  'pie\n"a": 1 %<b>%{x',
  'flowchart LR\nA@\\{ img: "/x" }',
  'pie\n"<$x": 1',
  'pie\n"a #$$lt;": 1',
  'pie\n"ﬂ°lt¶ß": 1',
  'pie\n"&ltimg": 1',
  '---\ntitle: a <$$img>\n---\npie',
  'flowchart LR\nstyle a @im@importport',
  'flowchart LR\nC4<b>Container --> a',
])('what would come of cleaning it is not drawn: %s', (source) => {
  expect(drawn(source)).toBeUndefined()
})

it.each(Object.keys(hostileDiagrams.refused))('%s: not drawn', (name) => {
  expect(drawn(hostileDiagrams.refused[name]!)).toBeUndefined()
})

it.each(Object.keys(hostileDiagrams.fetching))('nothing is left to fetch of %s', (name) => {
  expect(drawn(hostileDiagrams.fetching[name]!)).not.toMatch(/<img|url\(|img"?:|"icon"/i)
})
