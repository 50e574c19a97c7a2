import { ConfigError, type ProviderSettings } from './config.ts'
import type { ConfigFile, ProviderFields } from './config-file.ts'
import type { Env } from './env/env.ts'
import { goodVolumeName, goodVolumeNames } from './good-name.ts'
import type { OwnService, ServiceAccess, ServiceSettings } from './model-services.ts'

export interface OwnServices {
  services: ServiceSettings[]
  /** Those that are set up. */
  providers: ProviderSettings
  /** What nobody may see is in these. */
  secretVariables: string[]
  warnings: string[]
}

/** Names that are somebody else's. */
const TAKEN = ['scripted', 'mock', 'mock-stable']

/** The services that a file adds, with what the environment has for them. */
export function ownServices({ providers = {} }: ConfigFile, env: Env, known: readonly ServiceSettings[]): OwnServices {
  const all = Object.entries(providers).filter(([, { enabled = true }]) => enabled)
  const warnings: string[] = []
  for (const [name] of all) refuseName(name, known)
  const services = all.map(([id, { api_key_env, headers_env = {} }]): ServiceSettings => {
    const keyVariable = api_key_env ?? Object.values(headers_env)[0]
    return keyVariable === undefined ? { id, needs: 'address' } : { id, keyVariable, needs: 'key' }
  })
  const found = all.flatMap(([name, fields]) => {
    const access = accessTo(name, fields, env, warnings)
    return access ? [[name, access] as const] : []
  })
  const secretVariables = all.flatMap(([, { api_key_env, headers_env = {} }]) => [
    ...(api_key_env === undefined ? [] : [api_key_env]),
    ...Object.values(headers_env),
  ])
  return { services, providers: Object.fromEntries(found), secretVariables, warnings }
}

function refuseName(name: string, known: readonly ServiceSettings[]) {
  if (!goodVolumeName(name)) throw new ConfigError(`providers.${name} is not a good name; ${goodVolumeNames}.`)
  if (TAKEN.includes(name) || known.some(({ id }) => id === name)) {
    throw new ConfigError(`providers.${name} has the name of a service that there is already; give it another.`)
  }
}

function accessTo(name: string, fields: ProviderFields, env: Env, warnings: string[]): ServiceAccess | undefined {
  const { base_url: baseUrl, api_key_env: keyVariable, headers_env = {} } = fields
  if (baseUrl === undefined) throw new ConfigError(`providers.${name} has no base_url; say where it is.`)
  const missing = [...(keyVariable === undefined ? [] : [keyVariable]), ...Object.values(headers_env)].filter(
    (variable) => !env[variable]?.trim(),
  )
  if (missing.length > 0) {
    warnings.push(`providers.${name} is not set up; set ${missing.join(', ')}.`)
    return undefined
  }
  const apiKey = keyVariable && env[keyVariable]!.trim()
  const headers = Object.entries(headers_env).map(([header, variable]) => [header, env[variable]!.trim()] as const)
  return { ...(apiKey && { apiKey }), baseUrl, own: ownOf(fields, Object.fromEntries(headers)) }
}

function ownOf(fields: ProviderFields, headers: OwnService['headers']): OwnService {
  const { omit = [], rename = {}, extra = {}, tools = true } = fields
  return {
    ...(fields.api_key_env !== undefined && { keyVariable: fields.api_key_env }),
    headers,
    quirks: {
      ...(fields.local !== undefined && { isLocal: fields.local }),
      ...(fields.api === 'responses' && { api: fields.api }),
      omit,
      rename,
      extra,
      takesTools: tools,
      ...(fields.tool_choice && { toolChoice: fields.tool_choice }),
      ...(fields.pictures !== undefined && { takesPictures: fields.pictures }),
      ...(fields.effort && { effort: fields.effort }),
      ...(fields.reasoning && { reasoning: fields.reasoning }),
      ...(fields.cost_currency && { costCurrency: fields.cost_currency }),
      ...(fields.tool_call_id_length && { callIdLength: fields.tool_call_id_length }),
    },
  }
}
