import type { HttpClient } from '../http.ts'
import { isObject } from '../tools/tool-input.ts'

/** More than there are by far: a service that always has another page is not asked for ever. */
const MAX_PAGES = 50

/** Those that can be talked with, page by page. */
export async function listModels(http: HttpClient, signal: AbortSignal): Promise<string[]> {
  const found: string[] = []
  let token = ''
  for (let page = 0; page < MAX_PAGES; page++) {
    const after = token && `&pageToken=${encodeURIComponent(token)}`
    const answer = await http.getJson(`/models?pageSize=1000${after}`, signal)
    const { models = [], nextPageToken } = isObject(answer) ? answer : { models: answer }
    if (!Array.isArray(models)) throw http.fail('permanent', 'the list of models could not be read')
    found.push(...models.flatMap(talkingModel))
    if (typeof nextPageToken !== 'string' || nextPageToken === '') break
    token = nextPageToken
  }
  return found
}

function talkingModel(model: unknown): string[] {
  if (!isObject(model) || typeof model.name !== 'string') return []
  const methods = model.supportedGenerationMethods
  const talks = !Array.isArray(methods) || methods.includes('generateContent')
  return talks ? [model.name.replace(/^models\//, '')] : []
}
