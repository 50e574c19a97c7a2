import type { AgentDefinition, DeclaredVolume } from '../../ground/config/config.ts'
import { volumeReference } from '../../ground/config/volume-reference.ts'

/** Which volumes a run may reach, as it was decided when it was planned. */
export interface RunVolumes {
  granted: VolumeGrant[]
  /** Those that it may only read, whatever they are otherwise; volumes that are made later included. */
  readOnly: string[]
}

export interface VolumeGrant {
  name: string
  /** Of the configuration, as it was then; without it, one of this name that was made at run time is meant. */
  declared?: { path: string; mode: 'ro' | 'rw'; isDefault: boolean }
}

/**
 * What an agent's `volumes` mean: names, and `name:ro` for those it may only read. A run that another one starts has
 * nothing that one has not: without a word of its agent it has the same, otherwise what both name, and where either may
 * only read, so may it. What a volume of the configuration is, the first run has decided for all of them.
 */
export function bindVolumes(
  { volumes, source }: Pick<AgentDefinition, 'volumes' | 'source'>,
  declared: readonly DeclaredVolume[],
  parent?: { volumes?: RunVolumes | undefined },
): RunVolumes | undefined {
  if (volumes === undefined) return parent?.volumes
  const wanted = volumes.map(volumeReference)
  const names = [...new Set(wanted.map(({ name }) => name))]
  const readOnly = wanted.filter(({ isReadOnly }) => isReadOnly).map(({ name }) => name)
  if (parent) {
    const above = parent.volumes ?? { granted: [], readOnly: [] }
    return {
      granted: above.granted.filter(({ name }) => names.includes(name)),
      readOnly: [...new Set([...above.readOnly, ...readOnly])],
    }
  }
  const isOfOperator = source === 'file' || source === 'bundled'
  return { granted: names.flatMap((name) => grant(name, declared, isOfOperator)), readOnly: [...new Set(readOnly)] }
}

/** In the folder of all volumes that are made at run time are those of every tenant: only the operator may give it. */
function grant(name: string, declared: readonly DeclaredVolume[], isOfOperator: boolean): VolumeGrant[] {
  const volume = declared.find((one) => one.name === name)
  if (!volume) return [{ name }]
  if (volume.isDynamicRoot && !isOfOperator) return []
  const { path, mode, isDefault } = volume
  return [{ name, declared: { path, mode, isDefault } }]
}
