const ADDRESS = 'http://127.0.0.1:11434'
const PATIENCE_MS = 300

/** The address of an Ollama on this machine that has a model to offer, unless it takes longer than a start may. */
export async function detectOllama(request: typeof fetch, signal?: AbortSignal): Promise<string | undefined> {
  const limits = [AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])]
  try {
    const answer = await request(`${ADDRESS}/api/tags`, { signal: AbortSignal.any(limits) })
    const { models } = (await answer.json()) as { models?: unknown[] }
    return answer.ok && Array.isArray(models) && models.length > 0 ? ADDRESS : undefined
  } catch {
    return undefined
  }
}
