import { Link } from '@tanstack/react-router'
import { Badge } from '../../components/ui/badge.tsx'
import { formatBytes, formatCount, formatDuration } from '../../lib/format.ts'
import type { ServiceModel } from './model/services.ts'
import type { Use } from './model/uses.ts'
import { troubleWords, useInWords, useKey } from './model/words.ts'

/** Agents that are named; the rest are counted. */
const named = 6

export function ModelRow({ model, now }: { model: ServiceModel; now: number }) {
  const { id, about, isUsual, trouble, restsUntil, uses } = model
  const facts = [
    ...(about?.size_bytes === undefined ? [] : [formatBytes(about.size_bytes)]),
    ...(about?.context_window === undefined ? [] : [`${formatCount(about.context_window)} tokens of context`]),
    ...(about?.effort ? ['Thinks'] : []),
    ...(about?.pictures ? ['Sees pictures'] : []),
  ]
  const rests = restsUntil !== undefined && restsUntil > now ? `, for ${formatDuration(restsUntil - now)} more` : ''
  return (
    <li className="flex flex-col gap-1 px-4 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <span className="min-w-0 font-mono text-sm [overflow-wrap:anywhere]">{id}</span>
        {isUsual && <Badge data-tip="Used where an agent names the service and no model">Usual</Badge>}
        {about?.loaded && <Badge tone="accent">Loaded</Badge>}
        <span className="text-faint text-xs tabular-nums">{facts.join(' · ')}</span>
      </div>
      {trouble && (
        <p className="text-warn text-xs">
          {troubleWords[trouble]}
          {rests}.
        </p>
      )}
      {uses.length > 0 && <Uses of={uses} />}
    </li>
  )
}

function Uses({ of }: { of: readonly Use[] }) {
  const rest = of.length - named
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
      <span className="text-faint">Used by</span>
      {of.slice(0, named).map((use) =>
        use.kind === 'agent' ? (
          <Link
            key={useKey(use)}
            to="/agents/$"
            params={{ _splat: use.name }}
            className="text-accent-text underline underline-offset-2 coarse:py-2"
          >
            {use.name}
          </Link>
        ) : (
          <span key={useKey(use)}>{useInWords(use)}</span>
        ),
      )}
      {rest > 0 && <span>and {rest} more</span>}
    </p>
  )
}
