import { TeamGraph } from '@loomcycle/proto'
import { type Graph, graphProblems } from '@loomcycle/proto/teams'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readText, toText } from '../../../components/definitions/definition-text.ts'
import { addEdge, addState, changeKind, moveState, removeState, renameState } from './edit-graph.ts'
import { problemsOf } from './problems.ts'
import { readGraph } from './read-graph.ts'
import { bundleStarter, plainStarter } from './starters.ts'

const graph: Graph = {
  entry: 'draft',
  states: [
    { state: 'draft', handler: { kind: 'agent', agent: 'writer' } },
    { state: 'draft 2', handler: { kind: 'parallel', agents: ['a', 'b'] } },
    { state: 'done', handler: { kind: 'terminal' } },
  ],
  transitions: [
    { from: 'draft', to: 'draft 2', on: 'success' },
    { from: 'draft 2', to: 'done', on: 'success' },
    { from: 'draft 2', to: 'draft', on: 'pushback:*' },
  ],
  colors: { draft: 'amber', done: '#00ff00' },
}
const written = `# Ours
entry: draft # where it begins
x-team: blue
states:
  # The first.
  - state: draft
    handler: {kind: agent, agent: writer, x-own: 1}
  - state: draft 2
    handler: {kind: parallel, agents: [a, b]}
  - state: done
    handler: {kind: terminal}
transitions:
  - {from: draft, to: draft 2, on: success}
  - {from: draft 2, to: done, on: success}
  - {from: draft 2, to: draft, on: "pushback:*", x-why: it is so}
colors:
  draft: amber
  done: "#00ff00"
`
const read = (text: string) => readText(text).definition!
const graphIn = (text: string) => readGraph(read(text)).graph

describe('what somebody has written', () => {
  it('is a graph where the contract says so, and nowhere else', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    const isOfTheWire = ajv.compile(TeamGraph)
    const anything = fc.oneof(
      fc.constantFrom('success', 'agent', 'draft', 'x'.repeat(201)),
      fc.integer(),
      fc.constant(null),
    )
    const some = <T>(arbitrary: fc.Arbitrary<T>) =>
      fc.oneof({ weight: 6, arbitrary }, { weight: 1, arbitrary: anything })
    const words = some(fc.string({ maxLength: 6 }))
    const members = <T>(of: T) => fc.record(of as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] })
    const handler = members({
      kind: some(fc.constantFrom('agent', 'parallel', 'consolidator', 'person', 'terminal')),
      agent: words,
      agents: some(fc.array(words, { maxLength: 3 })),
      prompt: words,
      'x-own': words,
    })
    const definition = members({
      description: words,
      entry: words,
      max_iterations: fc.oneof(fc.integer({ min: -1, max: 1002 }), fc.double(), words),
      states: some(fc.array(some(members({ state: words, handler: some(handler) })), { maxLength: 3 })),
      transitions: some(fc.array(some(members({ from: words, to: words, on: words })), { maxLength: 3 })),
      colors: some(fc.dictionary(fc.string({ maxLength: 3 }), words, { maxKeys: 3, noNullPrototype: true })),
    })
    fc.assert(
      fc.property(definition, (one) => {
        const { problems } = readGraph(one)
        expect(problems.length === 0).toBe(isOfTheWire(one))
        const said = new Set(problems.map(({ path }) => path.join('/')))
        for (const { instancePath, keyword, params } of isOfTheWire.errors ?? []) {
          const path = instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')
          expect(said).toContain(
            keyword === 'required' ? [path, params.missingProperty].filter(Boolean).join('/') : path,
          )
        }
      }),
      { numRuns: 500 },
    )
  })

  it('has the problems that the runtime finds, at their places', () => {
    const broken = { ...graph, entry: 'start', colors: { 'a.b': 'red' } }
    expect(
      problemsOf(broken as never, new Set(['writer', 'a'])).map(({ path, message, isWarning }) => ({
        path: path.join('/'),
        message,
        isWarning,
      })),
    ).toEqual(
      graphProblems(broken, new Set(['writer', 'a'])).map(({ path, message, isWarning }) => ({
        path: path === 'colors.a.b' ? 'colors/a.b' : path.replaceAll('.', '/'),
        message,
        isWarning,
      })),
    )
  })

  it('of another form has the problems of its form alone, as for the runtime', () => {
    expect(problemsOf({ states: [{ state: 1, handler: { kind: 'robot' } }] }, undefined)).toEqual([
      { path: ['states', '0', 'state'], message: 'must be text' },
      {
        path: ['states', '0', 'handler', 'kind'],
        message: 'must be one of agent, parallel, consolidator, person, terminal',
      },
    ])
  })
})

describe('the table', () => {
  it('names a state anew wherever it is meant, and keeps all that it does not show', () => {
    const text = renameState(written, graphIn(written), 0, 'write')
    expect(text).toBe(
      written
        .replace('entry: draft #', 'entry: write #')
        .replace('state: draft\n', 'state: write\n')
        .replace('from: draft, to: draft 2', 'from: write, to: draft 2')
        .replace('to: draft, on: "pushback', 'to: write, on: "pushback')
        .replace('  draft: amber\n  done: "#00ff00"\n', '  done: "#00ff00"\n  write: amber\n'),
    )
  })

  it('does not mix up two states where the name of one goes by that of the other', () => {
    // Typed letter by letter: draft 2, draft, drafty.
    const was = graphIn(written)
    expect(graphIn(renameState(written, was, 1, 'draft')).transitions![0]!.to).toBe('draft')
    const text = renameState(written, was, 1, 'drafty')
    expect(graphIn(text).transitions).toEqual([
      { from: 'draft', to: 'drafty', on: 'success' },
      { from: 'drafty', to: 'done', on: 'success' },
      { from: 'drafty', to: 'draft', on: 'pushback:*' },
    ])
  })

  it('leaves the edges to the first of two of one name', () => {
    const twice = renameState(written, graphIn(written), 2, 'draft')
    expect(graphIn(renameState(twice, graphIn(twice), 2, 'end')).transitions![2]!.to).toBe('draft')
  })

  it('takes whoever works there along to another kind', () => {
    const { states = [] } = graph
    const handlerOf = (text: string, at: number) => graphIn(text).states![at]!.handler
    expect(handlerOf(changeKind(written, states[0]!, 0, 'parallel'), 0)).toEqual({
      kind: 'parallel',
      agents: ['writer'],
    })
    expect(handlerOf(changeKind(written, states[1]!, 1, 'consolidator'), 1)).toEqual({
      kind: 'consolidator',
      agent: 'a',
    })
    expect(handlerOf(changeKind(written, states[0]!, 0, 'person'), 0)).toEqual({ kind: 'person' })
    expect(changeKind(written, states[0]!, 0, 'person')).toContain('x-own: 1')
  })

  it('takes a state out with its edges and its color', () => {
    const text = removeState(written, graphIn(written), 0)
    expect(graphIn(text)).toMatchObject({
      states: [{ state: 'draft 2' }, { state: 'done' }],
      transitions: [{ from: 'draft 2', to: 'done' }],
      colors: { done: '#00ff00' },
    })
    expect(text).toContain('# Ours')
  })

  it('adds states and ways on, from nothing as well', () => {
    const text = addState('', {})
    expect(text).toBe('states:\n  - state: new\n    handler:\n      kind: agent\n')
    expect(graphIn(addState(text, graphIn(text))).states![1]!.state).toBe('new 2')
    expect(graphIn(addEdge(text, graphIn(text), 'new')).transitions).toEqual([
      { from: 'new', to: 'new', on: 'success' },
    ])
    expect(graphIn(addEdge(written, graphIn(written), 'draft 2')).transitions![3]).toEqual({
      ...{ from: 'draft 2', to: 'draft', on: 'pushback:*' },
    })
  })

  it('moves a state with what is written above it', () => {
    const text = moveState(written, 0, 1)
    expect(graphIn(text).states!.map(({ state }) => state)).toEqual(['draft 2', 'draft', 'done'])
    expect(text).toContain('# The first.\n  - state: draft\n')
  })
})

it('a new team begins with a graph that is one', () => {
  for (const start of [plainStarter('helper'), plainStarter(undefined), bundleStarter]) {
    expect(problemsOf(read(toText(start)), undefined)).toEqual([])
  }
})
