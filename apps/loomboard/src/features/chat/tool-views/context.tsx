import { Markdown } from '../../../components/markdown/markdown.tsx'
import { formatTime } from '../../../lib/format.ts'
import type { ToolPart } from '../model/types.ts'
import { Facts, JsonValue, parseJson } from './facts.tsx'

interface Named {
  name: string
  description?: string
}

/** An agent looking around: facts as facts, lists as lists, help as text. */
export function ContextView({ part }: { part: ToolPart }) {
  const result = parseJson(part.result)
  if (!result || typeof result !== 'object')
    return <p className="text-muted text-sm">{part.result ?? 'No answer yet.'}</p>
  const fields = result as Record<string, unknown>
  const list = [fields.tools, fields.agents, fields.topics].find(Array.isArray) as (Named | string)[] | undefined
  const content = typeof fields.content === 'string' ? fields.content : undefined
  return (
    <>
      {list ? (
        <NamedList items={list} />
      ) : content ? (
        <Markdown text={content} className="text-sm" />
      ) : (
        <Answers fields={fields} />
      )}
    </>
  )
}

function NamedList({ items }: { items: (Named | string)[] }) {
  return (
    <Facts facts={items.map((item) => (typeof item === 'string' ? [item, ''] : [item.name, item.description ?? '']))} />
  )
}

function Answers({ fields }: { fields: Record<string, unknown> }) {
  const now = typeof fields.unix_ms === 'number' ? fields.unix_ms : undefined
  if (now !== undefined)
    return (
      <Facts
        facts={[
          ['Time', formatTime(now)],
          ['UTC', String(fields.now_rfc3339 ?? '')],
        ]}
      />
    )
  return (
    <Facts
      facts={Object.entries(fields).map(([name, value]) => [
        name.replaceAll('_', ' '),
        <JsonValue key={name} value={value} />,
      ])}
    />
  )
}
