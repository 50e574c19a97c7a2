import type { RunnableAgent } from '@loomcycle/client'
import { Bot, ChevronDown } from 'lucide-react'

/** Which agent a new conversation is with. A native select: it is the best picker on a phone. */
export function AgentPicker(props: {
  agents: readonly RunnableAgent[]
  value: string
  onChange: (name: string) => void
}) {
  if (props.agents.length < 2) return <AgentName name={props.value} />
  return (
    <span className="relative inline-flex min-w-0 items-center text-muted text-xs">
      <Bot aria-hidden="true" className="pointer-events-none absolute left-2 size-3.5" />
      <select
        aria-label="Agent"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="field-sizing-content h-7 min-w-0 appearance-none truncate rounded-md bg-transparent pr-6 pl-7 hover:bg-hover hover:text-text coarse:h-10"
      >
        {props.agents.map((agent) => (
          <option key={agent.name} value={agent.name} className="bg-raised text-text">
            {[agent.name, agent.scripted ? 'scripted' : agent.model].filter(Boolean).join(' · ')}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden="true" className="pointer-events-none absolute right-1.5 size-3.5" />
    </span>
  )
}

export function AgentName({ name }: { name: string }) {
  if (!name) return null
  return (
    <span
      className="inline-flex min-w-0 items-center gap-1.5 text-muted text-xs"
      data-tip="The agent of this conversation"
    >
      <Bot aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="truncate">{name}</span>
    </span>
  )
}
