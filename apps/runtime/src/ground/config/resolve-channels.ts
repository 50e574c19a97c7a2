import { builtin, type Declaration, findBuiltin } from './channel-declarations.ts'
import { isChannelPattern, matchesChannel } from './channel-names.ts'
import { type AgentDefinition, ConfigError } from './config.ts'
import type { ConfigFile } from './config-file.ts'

export function channelsFromFile(
  { channels = {} }: ConfigFile,
  agents: Readonly<Record<string, AgentDefinition>>,
): Record<string, Declaration> {
  const declared: Record<string, Declaration> = Object.create(null)
  for (const [name, fields] of Object.entries(channels)) {
    if (!isChannelPattern(name)) {
      throw new ConfigError(
        `channels.${name} is not a name for a channel; use parts of letters, digits, _ . and - with / between them.`,
      )
    }
    const isSystem = fields.publisher === 'system'
    if (fields.period && !isSystem) {
      throw new ConfigError(`channels.${name} has a period, which is for channels with "publisher: system".`)
    }
    if (isSystem && !fields.period && !builtin.some((own) => own.name === name)) {
      throw new ConfigError(`channels.${name} is published by the system and needs a period.`)
    }
    declared[name] = {
      name,
      scope: fields.scope ?? 'global',
      semantic: fields.semantic ?? 'queue',
      source: 'yaml',
      ...(fields.description ? { description: fields.description } : {}),
      ...(fields.default_ttl ? { defaultTtl: fields.default_ttl } : {}),
      ...(fields.max_messages ? { maxMessages: fields.max_messages } : {}),
      ...(fields.publisher ? { publisher: fields.publisher } : {}),
      ...(fields.period ? { period: fields.period } : {}),
    }
  }
  for (const agent of Object.values(agents)) checkPatterns(agent)
  return declared
}

function checkPatterns({ name, channels }: AgentDefinition) {
  for (const [right, patterns] of Object.entries(channels ?? {})) {
    const bad = patterns.find((pattern) => !isChannelPattern(pattern))
    if (bad === undefined) continue
    throw new ConfigError(
      `agents.${name}.channels.${right} has "${bad}", which is no channel; write a name, or the start of names and /* after it.`,
    )
  }
}

/** Channels may be declared over the wire later, so this is nothing to refuse a start for. */
export function channelWarnings(
  { name, channels }: AgentDefinition,
  declared: Readonly<Record<string, Declaration>>,
): string[] {
  const known = [...Object.keys(declared), ...builtin.map((own) => own.name)]
  const patterns = new Set([...(channels?.publish ?? []), ...(channels?.subscribe ?? [])])
  return [...patterns]
    .filter((pattern) => !isKnown(pattern, known))
    .map((pattern) => `Agent ${name} may use ${pattern}, and the configuration declares no such channel.`)
}

function isKnown(pattern: string, known: readonly string[]): boolean {
  if (!pattern.endsWith('/*')) return findBuiltin(pattern) !== undefined || matchesChannel(known, pattern)
  return pattern === 'documents/*' || known.some((name) => name === pattern || matchesChannel([pattern], name))
}
