import { describe, expect, it } from 'vitest'
import type { DeclaredVolume } from '../../ground/config/config.ts'
import { bindVolumes } from './bind-volumes.ts'

const declared: DeclaredVolume[] = [
  { name: 'work', path: '/srv/work', mode: 'rw', isDefault: true, isDynamicRoot: false },
  { name: 'all', path: '/srv/all', mode: 'rw', isDefault: false, isDynamicRoot: true },
]
const work = { name: 'work', declared: { path: '/srv/work', mode: 'rw' as const, isDefault: true } }

describe('the volumes of a run', () => {
  it('are those that its agent names, as they are then; one that is not declared may be made yet', () => {
    expect(bindVolumes({ source: 'stored', volumes: ['work', 'made:ro', 'work'] }, declared)).toEqual({
      granted: [work, { name: 'made' }],
      readOnly: ['made'],
    })
    expect(bindVolumes({ source: 'file' }, declared)).toBeUndefined()
    expect(bindVolumes({ source: 'file', volumes: [] }, declared)).toEqual({ granted: [], readOnly: [] })
  })

  it('have the folder of everybody’s volumes among them only where the operator says so', () => {
    expect(bindVolumes({ source: 'stored', volumes: ['all'] }, declared)).toEqual({ granted: [], readOnly: [] })
    expect(bindVolumes({ source: 'file', volumes: ['all'] }, declared)?.granted).toMatchObject([{ name: 'all' }])
  })

  it('are what the run that started it has, where the agent says nothing', () => {
    const volumes = { granted: [work], readOnly: ['work'] }
    expect(bindVolumes({ source: 'file' }, [], { volumes })).toBe(volumes)
    expect(bindVolumes({ source: 'file' }, declared, { volumes: undefined })).toBeUndefined()
  })

  it('are what both have, in the folder that the first one was given', () => {
    const moved = [{ ...declared[0]!, path: '/elsewhere' }]
    const volumes = { granted: [work, { name: 'made' }], readOnly: ['made'] }
    expect(bindVolumes({ source: 'file', volumes: ['work:ro', 'more'] }, moved, { volumes })).toEqual({
      granted: [work],
      readOnly: ['made', 'work'],
    })
    expect(bindVolumes({ source: 'file', volumes: ['work'] }, moved, {})).toEqual({ granted: [], readOnly: [] })
  })
})
