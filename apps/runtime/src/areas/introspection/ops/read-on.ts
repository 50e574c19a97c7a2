import type { LogEvent } from '../../../engine/log/log-event.ts'
import { findToolResult, findUserInput } from '../../../engine/log/store.ts'
import { toUserBlocks } from '../../../engine/loop/segments.ts'
import { findRun } from '../../../engine/rows/runs.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { RunCaller } from '../../../tools/caller.ts'
import type { ContextOp, IntrospectionDeps } from '../deps.ts'

export function readOn({ db }: IntrospectionDeps): ContextOp<'read_on'> {
  return async (caller, { ref, offset = 0, limit = 8_000 }) => {
    const text = await textOf(db, caller, ref)
    if (text === undefined) {
      throw new ToolError(
        `there is nothing of ref ${ref.slice(0, 100)} in this conversation; take it from where something is left out`,
      )
    }
    // A character of two halves is given whole.
    const end = offset + limit
    const part = text.slice(offset, isSplit(text, end) ? end + 1 : end)
    const next = offset + part.length
    return {
      ref,
      text: part.toWellFormed(),
      offset,
      total_chars: text.length,
      ...(next < text.length ? { next_offset: next } : {}),
    }
  }
}

async function textOf(db: IntrospectionDeps['db'], caller: RunCaller, ref: string): Promise<string | undefined> {
  const run = await findRun(db, caller.run.id)
  const part = run && { sessionId: run.sessionId, after: run.historyAfter }
  if (!part) return undefined
  const said = /^said-(\d{1,9})-(\d{1,9})$/.exec(ref)
  if (!said) {
    const result = await findToolResult(db, caller, part, ref)
    return result && (JSON.parse(result.payload) as Extract<LogEvent, { type: 'tool_result' }>).text
  }
  const input = await findUserInput(db, caller, part, Number(said[1]))
  if (!input) return undefined
  const { segments } = JSON.parse(input.payload) as Extract<LogEvent, { type: 'user_input' }>
  const block = toUserBlocks(segments)[Number(said[2]) - 1]
  return block?.type === 'text' ? block.text : undefined
}

function isSplit(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at))
}
