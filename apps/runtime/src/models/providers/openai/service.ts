import { withPath } from '../base-url.ts'
import type { AnswerFormat } from '../provider.ts'

/**
 * Who is behind the base URL. The protocol is one; what each refuses or needs is not:
 * `openai` refuses old parameter names and sampling on its reasoning models, `deepseek` wants its reasoning back.
 */
export type Service = 'openai' | 'deepseek' | 'compatible'

export interface ServiceModel {
  service: Service
  model: string
}

export function serviceOf(baseUrl: string): Service {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : ''
  if (host === 'api.openai.com') return 'openai'
  if (host === 'api.deepseek.com') return 'deepseek'
  return 'compatible'
}

export function takesStrictTools(service: Service): boolean {
  return service === 'openai'
}

export function takesOneCall(service: Service): boolean {
  return service !== 'deepseek'
}

export function takesFormat({ type }: AnswerFormat, service: Service): boolean {
  return type === 'json' || service !== 'deepseek'
}

/**
 * `/v1` is part of the address for this protocol, and people write it both ways, or copy where a request goes: that is
 * taken as it is, since some services have no version.
 */
export function withVersion(baseUrl: string): string {
  return withPath(baseUrl, (address) => {
    const before = /^(.+)\/(?:chat\/completions|responses)$/.exec(address)?.[1]
    const hasVersion = /\/v\d+([a-z]+\d*)?(\/openai)?$/.test(address)
    return before ?? (hasVersion ? address : `${address}/v1`)
  })
}
