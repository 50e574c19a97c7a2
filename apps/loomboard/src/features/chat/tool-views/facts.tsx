import { cutText } from '@loomcycle/proto/wire'
import type { ReactNode } from 'react'
import { clip } from '../../../lib/format.ts'
import { toJson } from '../../../lib/json-text.ts'

/** More than anybody reads in a conversation; the raw view has it all. */
const mostFacts = 100
const mostChars = 4000

/** Names and values, the way a person would write them down. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="grid grid-cols-[minmax(4rem,max-content)_1fr] gap-x-4 gap-y-1 text-sm">
      {facts.slice(0, mostFacts).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
      {facts.length > mostFacts && <dd className="col-span-2 text-faint">And {facts.length - mostFacts} more.</dd>}
    </dl>
  )
}

export function JsonValue({ value, most = mostChars }: { value: unknown; most?: number }) {
  if (typeof value === 'string') return value.length > most ? `${cutText(value, most)}…` : value
  if (value === null || value === undefined) return <span className="text-faint">nothing</span>
  const members = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : []
  if (members.length > 0 && members.every(([, member]) => typeof member !== 'object')) {
    return clip(members.map(([name, member]) => `${name.replaceAll('_', ' ')} ${member}`).join(', '), most)
  }
  return <code className="break-words font-mono text-xs">{clip(toJson(value), most)}</code>
}

export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
