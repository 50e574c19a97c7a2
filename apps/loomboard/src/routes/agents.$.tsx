import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { DefinitionEditor } from '../components/definitions/editor/definition-editor.tsx'
import { agentSpec } from '../features/agents/model/agent-spec.ts'
import { AgentPage } from '../features/agents/page/agent-page.tsx'

interface Search {
  /** The version that is being written on; `configured` for what is configured. */
  edit?: string
  /** Two versions, `from..to`. */
  compare?: string
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** The names of agents have slashes in them. */
export const Route = createFileRoute('/agents/$')({
  validateSearch: ({ edit, compare }): Search => ({
    edit: text(edit),
    compare: text(compare),
  }),
  component: AgentRoute,
})

function AgentRoute() {
  const { _splat: name = '' } = Route.useParams()
  const { edit, compare } = Route.useSearch()
  const navigate = useNavigate()
  if (!edit) return <AgentPage key={name} name={name} compare={compare} />
  return (
    <DefinitionEditor
      spec={agentSpec}
      key={`${name} ${edit}`}
      name={name}
      version={edit}
      onLeave={() => void navigate({ to: '/agents/$', params: { _splat: name }, search: {} })}
    />
  )
}
