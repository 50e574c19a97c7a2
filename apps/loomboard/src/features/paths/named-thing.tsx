import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '../../components/empty-state.tsx'
import { client } from '../../lib/client.ts'
import { describeError } from '../../lib/describe-error.ts'
import { toJson } from '../../lib/json-text.ts'
import { whoamiQuery } from '../../lib/queries.ts'
import { EntryIcon, kindWords } from './entry-icon.tsx'
import type { PathEntry } from './queries.ts'

/** What is neither a folder nor a document: what it stands for, and a memory entry's value. */
export function NamedThing({ kind, reference }: { kind: PathEntry['kind']; reference: unknown }) {
  const { scope, key } = (reference ?? {}) as { scope?: unknown; key?: unknown }
  if (kind === 'memory_entry' && scope === 'user' && typeof key === 'string') return <MemoryEntry memoryKey={key} />
  return (
    <EmptyState icon={<EntryIcon kind={kind} />} title={kindWords[kind]}>
      {Object.entries((reference ?? {}) as Record<string, unknown>).map(([name, value]) => (
        <span key={name} className="block [overflow-wrap:anywhere]">
          {name.replaceAll('_', ' ')}: {String(value)}
        </span>
      ))}
    </EmptyState>
  )
}

function MemoryEntry({ memoryKey }: { memoryKey: string }) {
  const { data: whoami } = useQuery(whoamiQuery)
  const subject = whoami?.subject
  const { data, error } = useQuery({
    queryKey: ['memory-entry', subject, memoryKey],
    queryFn: ({ signal }) =>
      client.getMemoryEntry('user', subject ?? '', memoryKey, { signal }).then(({ entry }) => entry),
    enabled: subject !== undefined,
  })
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
      <p className="flex items-center gap-2 text-muted text-sm">
        <EntryIcon kind="memory_entry" />
        Memory entry <code className="font-mono text-text text-xs">{memoryKey}</code>
      </p>
      {data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre tabIndex={0} className="mt-3 overflow-x-auto rounded-lg border bg-code p-3 font-mono text-xs">
          {typeof data.value === 'string' ? data.value : toJson(data.value, 2)}
        </pre>
      )}
      {error && <p className="mt-3 text-muted text-sm">{describeError(error).reason}</p>}
    </div>
  )
}
