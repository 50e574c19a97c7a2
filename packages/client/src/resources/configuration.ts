import { type Http, path } from '../http.ts'
import type { CallOptions } from '../types.ts'
import type { ConfigReload, EnvTemplate, HelpPage, HelpTopics, PresetFile, Presets } from '../wire.gen.ts'

export async function reloadConfig(http: Http, { signal }: CallOptions = {}): Promise<ConfigReload> {
  return http.post('/v1/_config/reload', undefined, { signal })
}

export async function listPresets(http: Http, { signal }: CallOptions = {}): Promise<Presets> {
  return http.get('/v1/_presets', { signal })
}

export async function getPreset(http: Http, name: string, { signal }: CallOptions = {}): Promise<PresetFile> {
  return http.get(path`/v1/_presets/${name}`, { signal })
}

export async function getEnvTemplate(http: Http, { signal }: CallOptions = {}): Promise<EnvTemplate> {
  return http.get('/v1/_env_template', { signal })
}

export async function listHelp(http: Http, { signal }: CallOptions = {}): Promise<HelpTopics> {
  return http.get('/v1/_help', { signal })
}

export async function getHelp(http: Http, topic: string, { signal }: CallOptions = {}): Promise<HelpPage> {
  return http.get(path`/v1/_help/${topic}`, { signal })
}
