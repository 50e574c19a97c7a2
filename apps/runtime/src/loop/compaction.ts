import type { WorkingRun } from './working-run.ts'

export async function compactIfDue(_run: WorkingRun): Promise<void> {}
