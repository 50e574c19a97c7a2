const USUAL_ADDRESS = 'http://127.0.0.1:11434'
/** No longer than a start may take. */
const PATIENCE_MS = 300

/** Where it is, or what it lacks; one of them. */
export interface OllamaFound {
  baseUrl?: string
  lack?: string
}

/** An Ollama on this machine that has a model to offer. */
export async function detectOllama(request: typeof fetch, address: string = USUAL_ADDRESS): Promise<OllamaFound> {
  try {
    const answer = await request(new URL('/api/tags', address), { signal: AbortSignal.timeout(PATIENCE_MS) })
    const { models } = (await answer.json()) as { models?: unknown[] }
    if (!answer.ok || (models && !Array.isArray(models))) return { lack: `${address} answers, and is no Ollama.` }
    if (models?.length) return { baseUrl: address }
    return { lack: `Ollama answers at ${address}, and has no model yet: ollama pull one.` }
  } catch {
    return { lack: `No Ollama answers at ${address}.` }
  }
}
