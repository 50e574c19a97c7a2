import type { ServiceSettings } from '../model-services.ts'
import { serviceVariables } from './env.ts'
import type { Settings } from './setting.ts'
import { variableGroups } from './variables.ts'

/** Every variable there is, by what it is about; those of model services come last. */
export function allVariables(services: readonly ServiceSettings[]): [title: string, settings: Settings][] {
  const ofServices: Settings = Object.assign({}, ...services.map(serviceVariables))
  return [...Object.entries(variableGroups), ['Model services', ofServices]]
}

/** A file of all of them that changes nothing: each is a comment, with what it is otherwise. */
export function envTemplate(services: readonly ServiceSettings[]): string {
  const groups = allVariables(services).map(([title, settings]) => {
    const lines = Object.entries(settings).map(([name, { type, preset, about, who }]) => {
      // What stands in brackets is for readers.
      const value = preset.split(' (', 1)[0]!.replace(/ (?:bytes|ms)$/, '')
      return `# ${about}\n# (${type.replaceAll('`', '')}; needed by ${who})\n#${name}=${value}\n`
    })
    return `# ${title}\n\n${lines.join('\n')}`
  })
  return `# Take away the # before what is to be otherwise.\n\n${groups.join('\n')}`
}
