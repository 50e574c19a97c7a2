import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Int, object, oneOf, Text } from './schema.ts'

const Names = (description: string) => Type.Array(Text(), { description })

export const Preset = object('Preset', {
  name: Text(),
  kind: Text('What it is a preset of: bundle.'),
  description: Text(),
})

export const ConfigChange = object('ConfigChange', {
  section: Text('A key of configuration files, such as agents.'),
  added: Names('Names, or keys, that were not there before.'),
  changed: Names('Those that are different now.'),
  removed: Names('Those that are gone.'),
})

const topic = {
  name: Text(),
  description: Text(),
  source: oneOf(['builtin', 'operator'], 'Whether it comes with the runtime, or is the operator’s own.'),
}

const admin = { access: 'substrate:admin', envelope: 'json' } as const

/** How the runtime is set up, and what it says of itself. */
export const configurationEndpoints = {
  reloadConfig: endpoint({
    ...admin,
    method: 'POST',
    path: '/v1/_config/reload',
    summary: 'Read the configuration again: whole or not at all; runs go on as they began',
    key: 'none',
    result: object('ConfigReload', {
      changes: Type.Array(ConfigChange, { description: 'What is in effect now and was not before.' }),
      needs_restart: Names('What has changed and stays as it was until the next start.'),
      overrides: Names('Keys that a later file replaced; one sentence each.'),
      warnings: Names('What will not work as written; one sentence each.'),
    }),
    errors: ['config_refused'],
  }),
  listPresets: endpoint({
    ...admin,
    method: 'GET',
    path: '/v1/_presets',
    summary: 'The bundles of agents and skills that come with the runtime',
    result: object('Presets', { units: Type.Array(Preset) }),
    errors: [],
  }),
  getPreset: endpoint({
    ...admin,
    method: 'GET',
    path: '/v1/_presets/{name}',
    summary: 'A bundle as a configuration file, to begin one’s own with',
    result: object('PresetFile', { name: Text(), yaml: Text() }),
    errors: ['unknown_preset'],
  }),
  getEnvTemplate: endpoint({
    ...admin,
    method: 'GET',
    path: '/v1/_env_template',
    summary: 'Every variable there is, as a file with a comment for each',
    result: object('EnvTemplate', { env: Text() }),
    errors: [],
  }),
  listHelp: endpoint({
    method: 'GET',
    path: '/v1/_help',
    summary: 'The topics there is help on',
    access: 'any',
    envelope: 'json',
    result: object('HelpTopics', { topics: Type.Array(object('HelpTopic', topic)), count: Int() }),
    errors: [],
  }),
  getHelp: endpoint({
    method: 'GET',
    path: '/v1/_help/{topic}',
    summary: 'Help on a topic, in Markdown',
    access: 'any',
    envelope: 'json',
    result: object('HelpPage', { ...topic, content: Text('Markdown.') }),
    errors: ['unknown_topic'],
  }),
}
