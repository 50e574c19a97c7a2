import type { Tool, ToolCaller, ToolOutput } from '../tool.ts'

/** Calls a tool that answers at once. */
export async function callTool(
  tool: Tool,
  input: unknown,
  caller: ToolCaller,
  signal = new AbortController().signal,
): Promise<ToolOutput> {
  const answer = await tool.run({ toolUseId: 'call_1', input, caller, signal })
  if ('waitsFor' in answer) throw new Error(`${tool.name} waits for ${answer.waitsFor.on}`)
  return answer
}
