import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { DefinitionEditor } from '../components/definitions/editor/definition-editor.tsx'
import { AgentsPage, type AgentsSearch } from '../features/agents/list/agents-page.tsx'
import { shelves } from '../features/agents/model/agent-lines.ts'
import { agentSpec } from '../features/agents/model/agent-spec.ts'

interface Search extends AgentsSearch {
  /** A new one is being written. */
  create?: boolean
  /** The version that it is made out of. */
  from?: string
}

export const Route = createFileRoute('/agents/')({
  validateSearch: ({ q, shelf, create, from }): Search => ({
    q: q === undefined || q === '' ? undefined : String(q),
    shelf: shelves.find((known) => known === shelf),
    create: create === true ? true : undefined,
    from: typeof from === 'string' ? from : undefined,
  }),
  component: AgentsRoute,
})

function AgentsRoute() {
  const { create, from, ...search } = Route.useSearch()
  const navigate = useNavigate()
  if (!create) return <AgentsPage {...search} />
  return (
    <DefinitionEditor
      spec={agentSpec}
      key={from}
      version={from}
      onLeave={(name) =>
        void (name ? navigate({ to: '/agents/$', params: { _splat: name } }) : navigate({ to: '/agents', search: {} }))
      }
    />
  )
}
