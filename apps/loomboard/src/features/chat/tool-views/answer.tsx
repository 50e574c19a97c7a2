import { cutText } from '@loomcycle/proto/wire'
import type { ToolPart } from '../model/types.ts'
import { Facts, JsonValue, parseJson } from './facts.tsx'

/** An answer that nobody has a picture of: its members as facts, or its text. */
export function Answer({ part }: { part: ToolPart }) {
  const result = parseJson(part.result)
  if (result && typeof result === 'object' && !Array.isArray(result)) {
    const facts = Object.entries(result).map(([name, value]): [string, React.ReactNode] => [
      name.replaceAll('_', ' '),
      typeof value === 'boolean' ? value ? 'yes' : 'no' : <JsonValue key={name} value={value} />,
    ])
    return <Facts facts={facts} />
  }
  return (
    <p className="max-h-60 overflow-hidden whitespace-pre-wrap text-muted text-sm [overflow-wrap:anywhere]">
      {cutText(part.result ?? 'No answer yet.', 2000)}
    </p>
  )
}
