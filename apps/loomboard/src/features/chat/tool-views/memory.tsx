import type { ReactNode } from 'react'
import { DocumentLink } from '../../../components/documents/document-link.tsx'
import type { ToolPart } from '../model/types.ts'
import { Facts, JsonValue, parseJson } from './facts.tsx'

interface MemoryInput {
  op?: string
  key?: string
  path?: string
  scope?: string
  value?: unknown
  ttl?: number
}

interface MemoryResult {
  value?: unknown
  deleted?: boolean
  entries?: { key: string; value: unknown }[]
  truncated?: boolean
}

const scopes: Record<string, string> = { user: 'yours, shared by all your agents', agent: 'this agent’s own' }

export function MemoryView({ part }: { part: ToolPart }) {
  const input = (part.input ?? {}) as MemoryInput
  const result = parseJson(part.result) as MemoryResult | undefined
  const facts: [string, ReactNode][] = []
  if (input.key)
    facts.push([
      'Key',
      <code key="key" className="font-mono text-xs">
        {input.key}
      </code>,
    ])
  if (input.path && input.scope === 'user') {
    facts.push([
      'Path',
      <DocumentLink key="path" to={{ path: input.path }} className="text-accent-text underline underline-offset-2">
        {input.path}
      </DocumentLink>,
    ])
  }
  if (input.scope) facts.push(['Memory', scopes[input.scope] ?? input.scope])
  if (input.op === 'set') facts.push(['Value', <JsonValue key="value" value={input.value} />])
  if (input.ttl) facts.push(['Kept for', `${input.ttl} s`])
  if (result && input.op === 'get') facts.push(['Value', <JsonValue key="value" value={result.value} />])
  if (result && input.op === 'incr') facts.push(['Now', <JsonValue key="value" value={result.value} />])
  if (result && input.op === 'delete') facts.push(['Was there', result.deleted ? 'yes, and is forgotten' : 'no'])
  return (
    <>
      <Facts facts={facts} />
      {result?.entries && <Entries entries={result.entries} truncated={result.truncated} />}
    </>
  )
}

function Entries({ entries, truncated }: { entries: { key: string; value: unknown }[]; truncated?: boolean }) {
  if (entries.length === 0) return <p className="text-faint text-sm">Nothing is kept there.</p>
  return (
    <div>
      <Facts facts={entries.map(({ key, value }) => [key, <JsonValue key={key} value={value} />])} />
      {truncated && <p className="mt-1 text-faint text-xs">There is more than this.</p>}
    </div>
  )
}
