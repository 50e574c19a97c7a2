import { expect, it } from 'vitest'
import { hostileDiagrams } from '../../../../../../e2e/fixtures/hostile-diagrams.ts'
import { diagramTextOf } from './diagram-text.ts'
import { isBoundless, isLightDiagram } from './diagram-weight.ts'
import { daysOfGantt } from './gantt-days.ts'

type Fate = 'at once' | 'on demand' | 'never'

function fateOf(source: string): Fate {
  const diagram = diagramTextOf(source)
  if (!diagram || isBoundless(diagram)) return 'never'
  return isLightDiagram(diagram) ? 'at once' : 'on demand'
}

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n')
const gantt = (...statements: string[]) => ['gantt', 'dateFormat YYYY-MM-DD', ...statements].join('\n')

it.each<[string, string]>([
  ['flowchart', 'flowchart LR\n  A[Ask] --> B{Known?}\n  B -- yes --> C[Answer]'],
  ['boxes that are joined', 'flowchart LR\na & b --> c & d'],
  ['sequence', 'sequenceDiagram\nA->>B: Hello\nB-->>A: Hi'],
  ['class', 'classDiagram\nclass A {\n<<interface>>\n+draw() void\n}\nA <|-- B'],
  ['gantt', gantt('A :a, 2026-01-01, 30d', 'B :crit, after a, 2w', 'C :2026-02-01, 2026-02-09')],
  ['gantt of hours', 'gantt\ndateFormat HH:mm\naxisFormat %H:%M\nsection One: two\nA : 12:30, 20m'],
  ['gantt of a year', gantt('tickInterval 1week', 'excludes weekends', 'A :a, 2026-01-01, 2026-12-31')],
  [
    'things and their members',
    `erDiagram\n${lines(5, (n) => `A${n} ||--o{ B${n} : has`)}\nA1 {\nstring id PK\nint n FK\n}`,
  ],
  ['packet', 'packet-beta\n0-15: "Source 99999"\n16-31: "Destination"'],
  ['blocks', 'block-beta\ncolumns 3\na space:2 b:2\nblock1000["5000"]'],
  ['pie', 'pie\n"a": 386000\n"b": 85'],
  ['a gantt with names', gantt('accTitle: Days', 'title Plan: a', 'section One: two', 'A :a, 2026-01-01, 30d')],
  ['twenty links', `flowchart LR\n${lines(20, (n) => `a${n} -.-> a${n + 1}`)}`],
  ['bits in a flowchart', '---\nconfig:\n  packet:\n    bitsPerRow: 0\n---\nflowchart LR\na --> 9999999'],
])('%s is drawn without being asked', (_, source) => {
  expect(fateOf(source)).toBe('at once')
})

it.each<[string, string]>([
  ['many links', `flowchart LR\n${lines(60, (n) => `a${n} --> a${n + 1}`)}`],
  ['every box with every other', `flowchart LR\n${many('a', 6)} --> ${many('b', 6)}`],
  ['subgraphs', `flowchart LR\n${lines(11, (n) => `subgraph s${n}`)}\na\n${lines(11, () => 'end')}`],
  ['a long sequence', `sequenceDiagram\n${lines(100, (n) => `A->>B: ${n}`)}`],
  ['long words', `sequenceDiagram\nA->>B: ${'a'.repeat(1000)}`],
  ['a timeline', `timeline\n${lines(30, (n) => `${n} : a : b : c`)}`],
  ['a board', `kanban\ntodo\n${lines(40, (n) => ` k${n}[x]`)}`],
  ['two years of days', gantt('tickInterval 1day', 'excludes weekends', 'A :a, 2026-01-01, 2027-12-31')],
  ['years without weekends', gantt('excludes weekends', 'A :a, 2026-01-01, 3000d')],
  ['a packet', 'packet-beta\n0-4095: "all"'],
  ['things in one line', `erDiagram\n${Array.from({ length: 100 }, (_, n) => `A${n}`).join(' ')}`],
  ['states in one line', `stateDiagram-v2\n${Array.from({ length: 50 }, (_, n) => `a${n} --> b${n}`).join(' ')}`],
  ['blocks in one line', `block-beta\n${Array.from({ length: 50 }, (_, n) => `a${n}`).join(' ')}`],
  ['boxes in one line', `flowchart LR\n${Array.from({ length: 100 }, (_, n) => `a${n}`).join('; ')}`],
  ['boxes with labels', `flowchart LR\n${lines(78, (n) => `a${n}["some words in a box ${n}"]`)}`],
  ['boxes with many words', `flowchart LR\n${lines(10, (n) => `a${n}["${'word '.repeat(40)}"]`)}`],
  [
    'wrapped messages',
    `sequenceDiagram\n${lines(39, (n) => `A${n % 20}->>B${n % 19}: wrap: ${'some words '.repeat(4)}`)}`,
  ],
  ['long wrapped words', `sequenceDiagram\nA->>B: wrap:${`${'w'.repeat(40)} `.repeat(59)}`],
  ['people and what they are', `C4Context\n${lines(11, (n) => `Person(p${n}, "P", "${'word '.repeat(35)}")`)}`],
  ['a person of many words', `C4Context\nPerson(a, "A", "${lines(400, (n) => `w${n}`).replaceAll('\n', ' ')}")`],
  ['a timeline of words', `timeline\n${lines(23, (n) => `${n} : ${'ab '.repeat(14)} : ${'cd '.repeat(14)}`)}`],
  ['states', `stateDiagram-v2\n${lines(19, (n) => `s${n} --> s${(n * 7) % 19}`)}`],
  ['states in states', `stateDiagram-v2\n${lines(18, (n) => `state s${n} {`)}\na --> b`],
  ['an axis', `xychart-beta\nx-axis [${Array(150).fill('"some words"').join(',')}]\nbar [1,2,3]`],
  ['services', `architecture-beta\n${lines(4, (n) => `service s${n}(server)[S${n}]`)}\ns0:R -- L:s1\ns1:R -- L:s2`],
  ['places', 'block-beta\ncolumns 3\nspace:100\na'],
])('%s: drawn for whoever asks', (_, source) => {
  expect(fateOf(source)).toBe('on demand')
})

it('groups in groups: fewer are drawn for whoever asks than there may be boxes', () => {
  const groups = (count: number) =>
    `flowchart LR\n${lines(count, (n) => `subgraph s${n}`)}\na\n${lines(count, () => 'end')}`
  expect(fateOf(groups(50))).toBe('on demand')
  expect(fateOf(groups(51))).toBe('never')
})

it.each(Object.keys(hostileDiagrams.endless))('%s: never drawn', (name) => {
  expect(fateOf(hostileDiagrams.endless[name]!)).toBe('never')
})

it.each(Object.keys(hostileDiagrams.heavy))('%s: not drawn without being asked', (name) => {
  expect(fateOf(hostileDiagrams.heavy[name]!)).not.toBe('at once')
})

it.each<[string, string]>([
  ['a kind that is not known', 'wardley-beta\nx'],
  ['a kind that is told by a later word', 'flowchart LR\nC4Container --> a'],
  ['ticks in the line of another statement', 'gantt tickInterval 1minute\nA :a, 2026-01-01, 365d'],
  ['ticks on a line of their own', gantt('tickInterval\n1minute', 'A :a, 2026-01-01, 365d')],
  ['ticks that are gone through to find few', gantt('tickInterval 59minute', 'A :a, 2026-01-01, 365d')],
  ['dates that are numbers', 'gantt\ndateFormat X\nA :a, 0, 99999999999'],
  ['a date that is none', gantt('A :a, 1, 2026-01-01')],
  ['a task after another statement', gantt('excludes weekends;x :a, 0001-01-01, 9999-01-01')],
  ['bits that are added', `packet-beta\n${lines(20, () => '+4000: "x"')}`],
  ['a title that is a task', `gantt\nexcludes weekends\n${lines(55, (n) => `title:a${n}, 2026-01-01, 7000d`)}`],
  ['ticks of a title that is a task', 'gantt\ntickInterval 1hour\ntitle:a, 2026-01-01, 365d'],
  ['a section that is a task', 'gantt\ntickInterval 1hour\nsection:a, 2026-01-01, 3650d'],
  ['a title inside of a task', 'gantt\ntickInterval 1hour\nx;title y:a, 2026-01-01, 365d'],
  ['a title behind another line', 'gantt\ntickInterval 1hour\nx\u2028title y:a, 2026-01-01, 365d'],
  ['a task behind a description', 'gantt\ntickInterval 1hour\naccDescr {\nsection x }y:a, 2026-01-01, 365d'],
  ['places between quotes', 'block-beta\ncolumns 3\na["x;y"] space:9999999 b["z"]'],
  ['places between quotes of two lines', 'block-beta\ncolumns 3\na["x\ny"]:9999999 b["z"]'],
  ['blocks between quotes', `block-beta\na["x;y"] ${'b '.repeat(200)} c["z;w"]`],
  ['bits between quotes', 'packet-beta\n0-1: "a\n" 2-9999999: "b"'],
  [
    'long arrows',
    `flowchart LR\n${lines(14, (n) => `A${n} ${'-'.repeat(38)}> A${n + 1}`)}\n${lines(16, () => 'A0 --> A14')}`,
  ],
  ['long arrows that are not seen', `flowchart LR\n${lines(14, (n) => `A${n} ${'~'.repeat(38)} A${n + 1}`)}`],
  ['columns', 'block-beta\ncolumns 9999999\na'],
])('%s: never drawn', (_, source) => {
  expect(fateOf(source)).toBe('never')
})

function many(name: string, count: number): string {
  return Array.from({ length: count }, (_, n) => `${name}${n}`).join(' & ')
}

it('a gantt has as many tasks as its text says', () => {
  expect(daysOfGantt(gantt(lines(300_000, () => 'A :2026-01-01, 1d')))).toBeGreaterThan(0)
})
