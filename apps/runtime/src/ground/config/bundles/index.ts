import { stringify } from 'yaml'
import { nearest } from '../../validation.ts'
import { type AgentDefinition, ConfigError, type SkillDefinition } from '../config.ts'
import { agentFromFile } from '../resolve-agent.ts'
import { agentTeams } from './agent-teams.ts'
import { base } from './base.ts'
import type { Bundle } from './bundle.ts'
import { chat } from './chat.ts'
import { documentAgent } from './document-agent.ts'
import { launch } from './launch.ts'

export const bundles: readonly Bundle[] = [base, chat, documentAgent, agentTeams, launch]
export const usualBundles: readonly string[] = [base, documentAgent, launch].map(({ name }) => name)

/** What agents of bundles follow where there is no model. */
export const bundledScripts: readonly string[] = bundles.flatMap(({ scripts = {} }) => Object.values(scripts))

export function chosenBundles(names: readonly string[], saidBy: string): Bundle[] {
  return [...new Set(names)].map((name) => {
    const found = findBundle(name)
    if (found) return found
    const known = bundles.map((bundle) => bundle.name)
    const close = nearest(name, known)
    throw new ConfigError(
      `${saidBy} names the bundle "${name}", which is not known; ${close ? `did you mean ${close}?` : `there are ${known.join(', ')}.`}`,
    )
  })
}

export function findBundle(name: string): Bundle | undefined {
  return bundles.find((bundle) => bundle.name === name)
}

/** Without a model, those that have a script follow it and the others are not there. */
export function agentsOf({ agents, scripts = {} }: Bundle, hasModels: boolean): AgentDefinition[] {
  return Object.entries(agents).flatMap(([name, fields]) => {
    const agent: AgentDefinition = { ...agentFromFile(name, fields), source: 'bundled' }
    if (hasModels) return [agent]
    const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined
    return script ? [{ ...agent, provider: 'scripted', model: script }] : []
  })
}

export function skillsOf({ skills = {} }: Bundle): SkillDefinition[] {
  return Object.entries(skills).map(([name, { body = '', ...fields }]) => ({
    ...fields,
    name,
    source: 'bundled',
    body,
  }))
}

/** A configuration file that says the same, to begin one's own with. */
export function toYaml({ name, description, agents, skills }: Bundle): string {
  const said = stringify({ agents, ...(skills && { skills }) }, { aliasDuplicateObjects: false, lineWidth: 0 })
  return `# ${name}: ${description}\n${said}`
}
