import { cutText } from '../wire/cut-text.ts'
import { isColor } from './check.ts'
import { agentsOf, type Graph, type GraphState } from './graph.ts'

const shapes = {
  agent: ['[', ']'],
  parallel: ['[[', ']]'],
  consolidator: ['[/', '/]'],
  person: ['([', '])'],
  terminal: ['((', '))'],
} as const

const fills: Readonly<Record<string, string>> = {
  slate: '#94a3b8',
  blue: '#60a5fa',
  green: '#56c596',
  amber: '#fbbf24',
  red: '#f87171',
  violet: '#a78bfa',
  teal: '#2dd4bf',
  pink: '#f472b6',
}

const longestLabel = 120

/** A graph as a Mermaid flowchart; what it is called in it is text and nothing else. */
export function toMermaid(graph: Graph, { highlight }: { highlight?: string | undefined } = {}): string {
  const { states = [], transitions = [], entry, colors = {} } = graph
  const ids = new Map(states.map(({ state }, i) => [state, `s${i}`]))
  const lines = ['flowchart LR']
  for (const one of states) {
    const [open, close] = shapes[one.handler.kind] ?? shapes.agent
    lines.push(`  ${ids.get(one.state)}${open}"${labelOf(one)}"${close}`)
  }
  const first = entry === undefined ? undefined : ids.get(entry)
  if (first) lines.push('  begin(( )):::begin', `  begin --> ${first}`)
  for (const { from, to, on } of transitions) {
    const [a, b] = [ids.get(from), ids.get(to)]
    if (a && b) lines.push(`  ${a} ${on.startsWith('pushback:') ? '-.->' : '-->'}|"${text(on)}"| ${b}`)
  }
  for (const [state, color] of Object.entries(colors)) {
    const id = ids.get(state)
    if (id && isColor(color)) lines.push(`  style ${id} fill:${fills[color] ?? color},color:#111111`)
  }
  if (first) lines.push('  classDef begin fill:#888888,stroke:#888888')
  const here = highlight === undefined ? undefined : ids.get(highlight)
  if (here) lines.push('  classDef here stroke:#56c596,stroke-width:4px', `  class ${here} here`)
  return lines.join('\n')
}

function labelOf(one: GraphState): string {
  const { kind } = one.handler
  const who = kind === 'person' ? 'a person' : agentsOf(one).join(', ')
  return who ? `${text(one.state)}<br/>${text(who)}` : text(one.state)
}

/** Letters, digits and spaces are themselves; everything else is its number, which Mermaid draws and never reads. */
function text(words: string): string {
  const plain = words.replace(/\s+/g, ' ').trim()
  const cut = plain.length > longestLabel ? `${cutText(plain, longestLabel - 1)}…` : plain
  const drawn = [...cut].map((letter) => (/[\p{L}\p{N} ]/u.test(letter) ? letter : `#${letter.codePointAt(0)};`))
  // Wherever it stands, `C4Container` would make it a diagram of another kind.
  return drawn.join('').replace(/C4(?=[CD])/g, 'C#52;')
}
