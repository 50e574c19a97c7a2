import { agentsOf, edgesFrom, type Graph, type GraphState } from '@loomcycle/proto/teams'
import { Link } from '@tanstack/react-router'
import { toCss } from '../../../components/teams/state-color.ts'
import { whenWords } from '../model/sentences.ts'

export const idOfState = (at: number) => `state-${at}`

/** A state in plain words: who works there, what is to be done, and where it goes on. */
export function StateWords({ graph, at }: { graph: Graph; at: number }) {
  const state = graph.states![at]!
  const edges = edgesFrom(graph, state.state)
  const color = graph.colors?.[state.state]
  const dot = toCss(color)
  return (
    <li id={idOfState(at)} tabIndex={-1} className="px-4 py-3 outline-offset-[-2px]">
      <h4 className="flex flex-wrap items-center gap-2 font-medium text-sm">
        {dot && <span aria-hidden="true" className="size-2 shrink-0 rounded-full" style={{ background: dot }} />}
        <span className="[overflow-wrap:anywhere]">{state.state}</span>
        {color && <span className="font-normal text-faint text-xs">{color}</span>}
        {graph.entry === state.state && <span className="font-normal text-faint text-xs">where it begins</span>}
      </h4>
      <p className="mt-0.5 text-sm">
        <Workers state={state} />
      </p>
      {state.handler.prompt && (
        <p
          dir="auto"
          className="mt-1 whitespace-pre-wrap border-line-strong border-s-2 ps-3 text-muted text-sm [overflow-wrap:anywhere]"
        >
          {state.handler.prompt}
        </p>
      )}
      {edges.length > 0 && (
        <ul aria-label={`Ways on from ${state.state}`} className="mt-1.5 flex flex-col gap-0.5 text-sm">
          {edges.map(({ to, on }) => {
            const { words, code } = whenWords(on, state)
            return (
              <li key={`${to} ${on}`} className="text-muted [overflow-wrap:anywhere]">
                {words} {code !== undefined && <code className="font-mono text-text text-xs">{code}</code>}
                {code !== undefined && ', to '}
                <span className="font-medium text-text">{to}</span>
              </li>
            )
          })}
        </ul>
      )}
    </li>
  )
}

function Workers({ state }: { state: GraphState }) {
  const { kind } = state.handler
  if (kind === 'person') return 'A person has it, and moves it on.'
  if (kind === 'terminal') return 'The end: nothing comes after it.'
  const agents = agentsOf(state)
  const links = agents.map((name, i) => (
    <span key={i}>
      {i > 0 && (i === agents.length - 1 ? ' and ' : ', ')}
      <Link to="/agents/$" params={{ _splat: name }} className="text-accent-text underline underline-offset-2">
        {name}
      </Link>
    </span>
  ))
  if (kind === 'parallel') return <>{links} work on it side by side, each with the same task.</>
  return kind === 'consolidator' ? <>{links} makes one of what the others have said.</> : <>{links} works on it.</>
}
