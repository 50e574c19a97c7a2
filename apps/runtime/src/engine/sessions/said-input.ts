import type { PromptSegment, SaidInput } from '@loomcycle/proto'

export function toSaidInput(
  run_id: string,
  { id, text, segments, createdAt }: { id: string; text: string; segments?: PromptSegment[]; createdAt: number },
): SaidInput {
  return { input_id: id, run_id, text, ...(segments ? { segments } : {}), said_at: new Date(createdAt).toISOString() }
}
