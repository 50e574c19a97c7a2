import { clipped } from '../demo/words.ts'

export interface Publication {
  id: string
  title: string
  revision: number
  body: string
  fields: Record<string, unknown>
}

const openings: Record<string, string> = {
  newsletter: 'Dear readers,',
  mastodon: '1/',
  linkedin: 'A short note from our side of the desk:',
  forum: 'Hello everybody,',
  video: 'Scene 1. A screen, nobody speaks.',
  press: 'Dear editor,',
  podcast: 'Notes for the conversation:',
}

/** What stands in the card stays; the draft comes below. */
export function draftFor({ title, body, fields }: Publication): string {
  const { channel, audience, date } = fields
  const opening = openings[String(channel)]
  const brief = body.trim()
  return [
    ...(brief === '' ? [] : [brief, '---']),
    `**Draft${channel ? ` for ${channel}` : ''}${date ? `, to go out on ${date}` : ''}**`,
    ...(opening ? [opening] : []),
    `*${title}* is what this is about${audience ? `, and it is written for ${audience}` : ''}. ${gist(brief)}`,
    'Three things to say before it goes out: what it is, why now, and where to go next.',
    '*A script wrote this to show the way of a card. Replace it with your own words, or have an agent with a model write it.*',
  ].join('\n\n')
}

function gist(brief: string): string {
  const first = brief.split(/\n{2,}/)[0] ?? ''
  return first === '' ? 'There is no brief yet.' : `The brief: ${clipped(first.replace(/\s+/g, ' '), 280)}`
}
