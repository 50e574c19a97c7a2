import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Aftermath, eventsOf } from '../simulation/aftermath.ts'
import { boxFiles } from './agents.ts'
import type { Roomer } from './errands.ts'
import { filesIn, namesIn, toldBy } from './files.ts'

export interface Places {
  /** Has nothing in it but the others. */
  base: string
  house: string
  made: string
  /** The house has a link to it. */
  outside: string
}

export interface VolumeRow {
  root_run_id: string
  name: string
}

/** What is wrong with the files, when everybody has finished and the last process has cleared up. */
export function* fileComplaints(
  places: Places,
  { after, volumes, roomers }: { after: Aftermath; volumes: readonly VolumeRow[]; roomers: readonly Roomer[] },
): Generator<string> {
  yield* strayComplaints(places)
  yield* wholeComplaints(places)
  for (const run of after.runs) yield* writtenComplaints(after, run.id, places)
  for (const { root_run_id, name } of volumes) {
    if (root_run_id) yield `the volume ${name} of ${root_run_id}, which has ended, is still there`
    else if (!existsSync(join(places.made, 'default', name))) yield `the volume ${name} has no folder`
  }
  for (const { room, isThere, complaints } of roomers) {
    yield* complaints
    const row = volumes.some(({ name }) => name === room)
    if (row !== isThere)
      yield `${room} ${isThere ? 'was made' : 'was purged'}, and ${row ? 'is there' : 'is not there'}`
    const folder = join(places.made, 'default', room)
    if (!isThere && existsSync(folder) && readdirSync(folder).length > 0) yield `${room} was purged and has files`
  }
}

/** Nothing stands where nobody put it. */
function* strayComplaints({ base, house, made, outside }: Places): Generator<string> {
  const inBase = readdirSync(base).sort().join(' ')
  if (inBase !== 'house made outside') yield `beside the volumes there is ${inBase}`
  const inOutside = readdirSync(outside).join(' ')
  if (inOutside !== 'theirs') yield `outside of the volumes there is ${inOutside}`
  if (!lstatSync(join(house, 'out')).isSymbolicLink()) yield 'the link that leads out is no link any more'
  for (const name of [...namesIn(house), ...namesIn(made)]) {
    if (name.includes('.loomcycle-draft-')) yield `${name} is a draft that nobody cleared up`
    if (name === '_trash' || name.startsWith('_ephemeral/')) yield `${name} is left`
  }
}

function* wholeComplaints({ house, made }: Places): Generator<string> {
  for (const { path, text } of [...filesIn(house), ...filesIn(made)]) {
    if (path.startsWith('out/')) continue
    if (path.startsWith('box/')) {
      const [, id, n] = /^box\/(.+)-(\d+)$/.exec(path) ?? []
      // A shell makes a file before it writes it.
      if ((text !== '' && text !== `${id} ${n}\n`) || Number(n) > boxFiles) yield `${path} says ${JSON.stringify(text)}`
      continue
    }
    const told = toldBy(text)
    if (!told) yield `${path} is half of something: ${text.length} characters, ${JSON.stringify(text.slice(0, 60))}`
    else if (path !== 'shared.md' && !path.endsWith(`${told.id}.md`)) yield `${path} is what ${told.id} wrote`
  }
}

/** A file that one run alone writes is as far as its log says. */
function* writtenComplaints(after: Aftermath, runId: string, { house }: Places): Generator<string> {
  let may: (string | undefined)[] = [undefined]
  let path = ''
  for (const { event } of eventsOf(after, runId)) {
    if (event.type !== 'tool_result') continue
    const { name, input } = event.tool_use
    const { path: to = '' } = input as { path?: string }
    if (!to.startsWith('w/')) continue
    path = to
    const isUnknown = event.text.includes('nobody knows')
    if (name === 'Write') may = isUnknown ? [undefined, 'one'] : ['one']
    if (name === 'Edit' && isUnknown) may = [...may, 'two']
    else if (name === 'Edit') may = event.is_error ? may.filter((state) => state === undefined) : ['two']
  }
  if (!path) return
  const file = join(house, path)
  const state = existsSync(file) ? toldBy(readFileSync(file, 'utf8'))?.state : undefined
  if (!may.includes(state))
    yield `${path} is ${state ?? 'missing'}, and ${runId} was told ${may.join(' or ') || 'of neither'}`
}
