import type { HttpClient } from '../http.ts'
import { isObject } from '../tools/tool-input.ts'
import { listedWindow } from '../window-in.ts'

/** The protocol's addresses begin with its version; these servers have addresses of their own besides. */
const besides = '/..'

/**
 * How much a model takes, as the server says beside the protocol, which does not. Servers that people run say what they
 * were started with in places of their own; those of other servers are not found there.
 */
export async function askContextWindow(
  http: HttpClient,
  model: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const ask = (path: string, body?: unknown) => http.getJson(path, signal, body).catch(() => undefined)
  const [props, loaded, shown, studio, models] = await Promise.all([
    ask(`${besides}/props`),
    ask(`${besides}/api/ps`),
    ask(`${besides}/api/show`, { model }),
    ask(`${besides}/api/v0/models`),
    ask('/models'),
  ])
  return (
    startedWith(props) ??
    listedWindow(loaded, model) ??
    setInOllama(shown) ??
    listedWindow(studio, model) ??
    listedWindow(models, model)
  )
}

/** llama.cpp: what each of its slots takes. */
function startedWith(props: unknown): number | undefined {
  const settings = isObject(props) ? props.default_generation_settings : undefined
  const tokens = isObject(settings) ? settings.n_ctx : undefined
  return typeof tokens === 'number' && tokens > 0 ? tokens : undefined
}

/** Ollama, of a model that is not loaded: what it is set to, if it is. What it was trained for says little of that. */
function setInOllama(shown: unknown): number | undefined {
  const parameters = isObject(shown) && typeof shown.parameters === 'string' ? shown.parameters : ''
  const tokens = Number(/^num_ctx\s+(\d+)\s*$/m.exec(parameters)?.[1])
  return tokens > 0 ? tokens : undefined
}
