import type { ReactNode } from 'react'

/** Names and values, the way a person would write them down. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="grid grid-cols-[minmax(4rem,max-content)_1fr] gap-x-4 gap-y-1 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

export function JsonValue({ value }: { value: unknown }) {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return <span className="text-faint">nothing</span>
  const members = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : []
  if (members.length > 0 && members.every(([, member]) => typeof member !== 'object')) {
    return members.map(([name, member]) => `${name.replaceAll('_', ' ')} ${member}`).join(', ')
  }
  return <code className="break-words font-mono text-xs">{JSON.stringify(value)}</code>
}

export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
