import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edgeTaken, type Graph, graphProblems, movesOf, pushbackReasons, refusalOfMove, toMermaid } from './index.ts'

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_120) })

/** Drafted by an agent, reviewed by a person, posted. */
const review: Graph = {
  entry: 'draft',
  states: [
    { state: 'draft', handler: { kind: 'agent', agent: 'drafter' } },
    { state: 'check', handler: { kind: 'parallel', agents: ['facts', 'style'] } },
    { state: 'review', handler: { kind: 'person' } },
    { state: 'posted', handler: { kind: 'terminal' } },
  ],
  transitions: [
    { from: 'draft', to: 'check', on: 'success' },
    { from: 'check', to: 'review', on: 'success' },
    { from: 'check', to: 'draft', on: 'pushback:Too long' },
    { from: 'check', to: 'posted', on: 'conditional:output contains "fine"' },
    { from: 'review', to: 'posted', on: 'conditional:fields.approved == true' },
    { from: 'review', to: 'draft', on: 'pushback:*' },
  ],
}

const said = (graph: Graph, agents?: string[]) =>
  graphProblems(graph, agents && new Set(agents)).map(
    ({ path, message, isWarning }) => `${isWarning ? 'warning: ' : ''}${path} ${message}`,
  )

describe('a graph', () => {
  it('that leads from its entry to an end has no problems', () => {
    expect(said(review, ['drafter', 'facts', 'style'])).toEqual([])
  })

  it('without states, or without an end, is none', () => {
    expect(said({})).toEqual(['states is missing; a team has states, one of them terminal'])
    const { states = [], transitions = [] } = review
    const endless = { ...review, states: states.slice(0, 3), transitions: transitions.slice(0, 2) }
    expect(said(endless)).toEqual([
      'states.2.state is "review", from which no edge leads; make it terminal, or add one',
      'states has no terminal state; one of them is to be the end',
    ])
  })

  it('says of each name that leads nowhere where it stands', () => {
    const graph: Graph = {
      entry: 'start',
      states: [
        { state: 'a', handler: { kind: 'agent', agent: 'worker' } },
        { state: 'a', handler: { kind: 'terminal' } },
        { state: 'lost', handler: { kind: 'person' } },
        { state: 'end', handler: { kind: 'terminal' } },
      ],
      transitions: [
        { from: 'a', to: 'b', on: 'success' },
        { from: 'lost', to: 'end', on: 'success' },
        { from: 'z', to: 'end', on: 'success' },
      ],
      colors: { b: 'green', end: 'url(#x)' },
    }
    const there = 'there are "a", "a", "lost", "end"'
    expect(said(graph)).toEqual([
      `entry names the state "start", which there is not; ${there}`,
      'states.1.state is "a", as another one is; each needs its own name',
      'states.1.handler.kind is terminal, and an edge leads from "a"; nothing comes after it',
      `transitions.0.to names the state "b", which there is not; ${there}`,
      `transitions.2.from names the state "z", which there is not; ${there}`,
      `colors.b names the state "b", which there is not; ${there}`,
      'colors.end is no color; write #rrggbb, or one of slate, blue, green, amber, red, violet, teal, pink',
    ])
    expect(said({ ...graph, entry: 'a' })).toContain('states.2.state is "lost", to which nothing leads from "a"')
  })

  it('wants of each kind of state who works in it, and nobody else', () => {
    const handlers: NonNullable<Graph['states']>[number]['handler'][] = [
      { kind: 'agent', agents: ['a'] },
      { kind: 'parallel', agent: 'a' },
      { kind: 'consolidator' },
      { kind: 'person', agent: 'a' },
      { kind: 'parallel', agents: ['a', ' '] },
    ]
    for (const [i, expected] of [
      [
        'states.0.handler.agent is missing; of the kind agent it names who works here',
        'states.0.handler.agents belongs to the kind parallel; the kind agent has agent',
      ],
      [
        'states.0.handler.agents is missing; of the kind parallel it names who works here, side by side',
        'states.0.handler.agent belongs to the kinds agent and consolidator; the kind parallel has agents',
      ],
      ['states.0.handler.agent is missing; of the kind consolidator it names who works here'],
      ['states.0.handler.agent is for agents; the kind person starts none'],
      ['states.0.handler.agents.1 is empty'],
    ].entries()) {
      const states = [
        { state: 'a', handler: handlers[i]! },
        { state: 'end', handler: { kind: 'terminal' as const } },
      ]
      expect(said({ entry: 'a', states, transitions: [{ from: 'a', to: 'end', on: 'success' }] })).toEqual(expected)
    }
  })

  it('has no edge twice, none that says two things, and none without a way on where nothing holds', () => {
    const { transitions = [] } = review
    expect(said({ ...review, transitions: [...transitions, transitions[0]!] })).toEqual([
      'transitions.6 is there twice: "draft" to "check" on success',
    ])
    expect(said({ ...review, transitions: [...transitions, { from: 'draft', to: 'review', on: 'success' }] })).toEqual([
      'transitions.6 is the second edge on success from "draft", which leads to "check" already',
    ])
    for (const to of ['draft', 'posted']) {
      expect(
        said({ ...review, transitions: [...transitions, { from: 'check', to, on: 'pushback:too-long' }] }),
      ).toEqual([
        to === 'draft'
          ? 'transitions.6 is there twice: "check" to "draft" on pushback:too-long'
          : 'transitions.6 is the second edge on pushback:too-long from "check", which leads to "draft" already',
      ])
    }
    expect(
      said({
        ...review,
        transitions: transitions.toSpliced(1, 1, { from: 'check', to: 'review', on: 'pushback:later' }),
      }),
    ).toEqual(['states.1.state is "check", from which no edge on success leads; it is taken where no condition holds'])
  })

  it('says what is wrong with what an edge is taken on', () => {
    const on = (word: string) =>
      said({ ...review, transitions: [...review.transitions!, { from: 'draft', to: 'draft', on: word }] })
    expect(on('sucess')).toEqual(['transitions.6.on must be success, pushback:<reason> or conditional:<expression>'])
    expect(on('pushback: ')).toEqual(['transitions.6.on needs a reason after "pushback:", or * for any'])
    expect(on('conditional:fields.a = 1')).toEqual([
      'transitions.6.on has "=" at character 10, which means nothing here; to compare, write ==',
    ])
  })

  it('warns of agents that are not there, and of states that never come to an end', () => {
    const { states = [], transitions = [] } = review
    const graph = {
      ...review,
      states: [...states, { state: 'round', handler: { kind: 'person' as const } }],
      transitions: [
        ...transitions,
        { from: 'draft', to: 'round', on: 'pushback:no' },
        { from: 'round', to: 'round', on: 'success' },
      ],
    }
    expect(said(graph, ['drafter', 'facts'])).toEqual([
      'warning: states.1.handler.agents.1 names the agent "style", which there is not',
      'warning: states.4.state is "round", from which no terminal state can be reached',
    ])
  })
})

describe('a card', () => {
  const refused = (status: string, to: string, more = {}, isPerson = true) =>
    refusalOfMove(review, { status, ...more }, to, { isPerson })

  it('goes along the edges of its state, whoever moves it', () => {
    expect(movesOf(review, { status: 'check' }).map(({ to }) => to)).toEqual(['review', 'draft', 'posted'])
    expect(refused('draft', 'check')).toBeUndefined()
    expect(refused('draft', 'draft')).toBeUndefined()
    expect(refused('draft', 'posted')).toEqual({ why: 'no_edge', allowed: ['check'] })
    expect(refused('posted', 'draft')).toEqual({ why: 'no_edge', allowed: [] })
  })

  it('comes in by the entry alone, and does not go out', () => {
    expect(refused('', 'review')).toEqual({ why: 'no_edge', allowed: ['draft'] })
    expect(refused('idea', 'draft')).toBeUndefined()
    expect(refused('', 'idea')).toBeUndefined()
    expect(refused('draft', '')).toEqual({ why: 'no_edge', allowed: ['check'] })
    expect(refused('draft', 'idea')).toMatchObject({ why: 'no_edge' })
  })

  it('passes a condition that speaks of it when it holds; what only a run knows is the run’s', () => {
    expect(refused('review', 'posted')).toEqual({
      why: 'condition',
      needs: ['fields.approved == true'],
      allowed: ['draft'],
    })
    expect(refused('review', 'posted', { fields: { approved: true } })).toBeUndefined()
    expect(refused('check', 'posted')).toBeUndefined()
  })

  it('is let go by a person where a person has it', () => {
    expect(refused('review', 'draft', {}, false)).toEqual({ why: 'person', allowed: [] })
    expect(refused('review', 'draft')).toBeUndefined()
  })

  it('goes nowhere that no walk along the edges would lead', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const graphs = fc.record({
      kinds: fc.array(fc.constantFrom('agent', 'person', 'terminal'), { minLength: 5, maxLength: 5 }),
      edges: fc.array(
        fc.record({
          from: fc.nat(4),
          to: fc.nat(4),
          on: fc.constantFrom('success', 'pushback:x', 'conditional:output'),
        }),
        { maxLength: 12 },
      ),
      walk: fc.array(fc.record({ to: fc.constantFrom(...names, '', 'other'), isPerson: fc.boolean() }), {
        maxLength: 30,
      }),
    })
    fc.assert(
      fc.property(graphs, ({ kinds, edges, walk }) => {
        const graph: Graph = {
          entry: 'a',
          states: names.map((state, i) => ({ state, handler: { kind: kinds[i] as 'agent' } })),
          transitions: edges.map(({ from, to, on }) => ({ from: names[from]!, to: names[to]!, on })),
        }
        let status = ''
        for (const { to, isPerson } of walk) {
          const refusal = refusalOfMove(graph, { status }, to, { isPerson })
          const at = names.indexOf(status)
          const isAlong = edges.some(({ from, to: next }) => from === at && names[next] === to)
          const isIn = at < 0 && (to === 'a' || !names.includes(to))
          const isHeld = at >= 0 && kinds[at] === 'person' && !isPerson
          expect(refusal === undefined).toBe(to === status || isIn || (isAlong && !isHeld))
          if (refusal)
            for (const next of refusal.allowed)
              expect(refusalOfMove(graph, { status }, next, { isPerson: true })).toBeUndefined()
          else status = to
        }
      }),
    )
  })
})

describe('the edge that is taken', () => {
  it('on success is the first whose condition holds, or else the one on success', () => {
    expect(edgeTaken(review, 'check', { kind: 'success' }, { output: 'all fine' })?.to).toBe('posted')
    expect(edgeTaken(review, 'check', { kind: 'success' }, { output: 'bad' })?.to).toBe('review')
  })

  it('pushed back is the one for the reason, else the one for any, else the first', () => {
    const graph: Graph = {
      ...review,
      transitions: [
        { from: 'check', to: 'review', on: 'pushback:facts' },
        { from: 'check', to: 'draft', on: 'pushback:too_long' },
      ],
    }
    const to = (reason: string, of = graph) => edgeTaken(of, 'check', { kind: 'pushback', reason }, {})?.to
    expect(to('Facts')).toBe('review')
    for (const said of ['Too-long', ' too long', 'TOO_LONG']) expect(to(said)).toBe('draft')
    expect(to('whatever')).toBe('review')
    const any = { ...graph, transitions: [...graph.transitions!, { from: 'check', to: 'posted', on: 'pushback:*' }] }
    expect(to('whatever', any)).toBe('posted')
    expect(to('facts', any)).toBe('review')
    expect(to('x', { ...review, transitions: [] })).toBeUndefined()
    expect(pushbackReasons(any, 'check')).toEqual(['facts', 'too_long', '*'])
  })
})

describe('the diagram of a graph', () => {
  it('has its states with who works there, its edges, colors, and where a card is', () => {
    const graph = { ...review, colors: { posted: 'green', draft: '#abc123', check: 'red;x' } }
    expect(toMermaid(graph, { highlight: 'review' }).split('\n')).toEqual([
      'flowchart LR',
      '  s0["draft<br/>drafter"]',
      '  s1[["check<br/>facts#44; style"]]',
      '  s2(["review<br/>a person"])',
      '  s3(("posted"))',
      '  begin(( )):::begin',
      '  begin --> s0',
      '  s0 -->|"success"| s1',
      '  s1 -->|"success"| s2',
      '  s1 -.->|"pushback#58;Too long"| s0',
      '  s1 -->|"conditional#58;output contains #34;fine#34;"| s3',
      '  s2 -->|"conditional#58;fields#46;approved #61;#61; true"| s3',
      '  s2 -.->|"pushback#58;#42;"| s0',
      '  style s3 fill:#56c596,color:#111111',
      '  style s0 fill:#abc123,color:#111111',
      '  classDef begin fill:#888888,stroke:#888888',
      '  classDef here stroke:#56c596,stroke-width:4px',
      '  class s2 here',
    ])
  })

  it('is the same diagram whatever its states are called', () => {
    const shape = (words: readonly string[]) => {
      const [a = '', b = '', agent = '', reason = ''] = words
      const graph: Graph = {
        entry: a,
        states: [
          { state: a, handler: { kind: 'agent', agent } },
          { state: b, handler: { kind: 'terminal' } },
        ],
        transitions: [
          { from: a, to: b, on: 'success' },
          { from: a, to: a, on: `pushback:${reason}` },
        ],
        colors: { [a]: agent, [b]: reason },
      }
      const label = /"(?:[\p{L}\p{N} …]|#\d+;|<br\/>)*"/gu
      return toMermaid(graph, { highlight: b }).replace(label, '""')
    }
    const plain = shape(['x', 'y', 'z', 'w'])
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom(
        '"] --> x["',
        '`',
        '%%{init: {}}%%',
        'click s0 "javascript:alert(1)"',
        'C4Container',
        'a\n  end',
        '<img src=x>',
        '#quot;',
        '$$x$$',
        'ﬂ°34¶ß',
      ),
    )
    fc.assert(
      fc.property(fc.uniqueArray(hostile, { minLength: 4, maxLength: 4 }), (words) => {
        expect(shape(words)).toBe(plain)
        expect(
          toMermaid({ entry: words[0], states: [{ state: words[0]!, handler: { kind: 'terminal' } }] }),
        ).not.toMatch(/C4C/)
      }),
    )
  })
})
