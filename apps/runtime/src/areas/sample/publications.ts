import type { Section } from './section.ts'

/** What every publication says about itself. */
export const publicationFields = [
  {
    name: 'channel',
    kind: 'select',
    options: ['blog', 'newsletter', 'mastodon', 'linkedin', 'forum', 'video', 'press', 'podcast'],
    required: true,
  },
  { name: 'date', kind: 'date', required: true },
  { name: 'audience', kind: 'select', options: ['everyone', 'self-hosters', 'developers', 'teams', 'press'] },
  { name: 'owner', kind: 'person' },
  { name: 'url', kind: 'url' },
  { name: 'words', kind: 'number' },
  { name: 'pictures', kind: 'checkbox' },
]

type Status = 'scheduled' | 'drafted' | 'posted'

function publication(
  date: string,
  status: Status,
  title: string,
  { tags, edges, ...fields }: Record<string, unknown> & { tags?: string[]; edges?: Record<string, string> },
  body: string,
): Section {
  return {
    title,
    body,
    type: 'publication',
    status,
    fields: { date, ...fields },
    ...(tags ? { tags } : {}),
    ...(edges ? { edges } : {}),
  }
}

export const beforeLaunch: Section[] = [
  publication(
    '2026-06-01',
    'posted',
    'Why we are building Alder',
    {
      channel: 'blog',
      audience: 'everyone',
      owner: 'Mira',
      words: 900,
      url: 'https://alder.example/blog/why',
      tags: ['story'],
      edges: { explains: 'In one sentence' },
    },
    'The story behind the product: work that happened in ten chat windows and could be found in none of them. Ends with [[In one sentence]] and an invitation to the beta.',
  ),
  publication(
    '2026-06-04',
    'posted',
    'Call for beta testers',
    {
      channel: 'forum',
      audience: 'self-hosters',
      owner: 'Jonas',
      words: 250,
      url: 'https://forum.alder.example/t/beta',
      tags: ['beta'],
      edges: { supports: 'Private beta' },
    },
    'Asks for thirty people who run a server at home. Says what we want from them: an hour to install, a week of use, one honest letter.',
  ),
  publication(
    '2026-06-09',
    'drafted',
    'What your agents may see',
    {
      channel: 'blog',
      audience: 'self-hosters',
      owner: 'Ines',
      words: 1200,
      pictures: true,
      tags: ['privacy'],
      edges: { explains: 'What we say about privacy' },
    },
    `A tour of scopes and permissions, with one picture for each. Based on [[What we say about privacy]].

Every agent in Alder starts with nothing. It sees the documents of the person it works for, and of nobody else; it can use the tools that it was given by name. This post walks through the three questions to ask before giving it one more.`,
  ),
  publication(
    '2026-06-11',
    'drafted',
    'Beta diary, first week',
    { channel: 'newsletter', audience: 'everyone', owner: 'Mira', words: 500, tags: ['beta'] },
    `Three things the testers broke and what became of them. Friendly, short, no promises.

Twenty-six of you installed Alder last week. Two of you did it on a machine we thought was a router. Here is what we learned.`,
  ),
  publication(
    '2026-06-15',
    'scheduled',
    'One board for people and agents',
    {
      channel: 'video',
      audience: 'teams',
      owner: 'Jonas',
      pictures: true,
      tags: ['demo'],
      edges: { uses: 'Demo recording' },
    },
    'Two minutes without a voice: a person adds a card, an agent drafts it, the person edits and posts it. Cut from the [[Demo recording]].',
  ),
  publication(
    '2026-06-17',
    'scheduled',
    'Install it in five minutes',
    {
      channel: 'blog',
      audience: 'self-hosters',
      owner: 'Ines',
      words: 800,
      tags: ['how-to'],
      edges: { answers: 'The installer fails on an old system' },
    },
    'A guide that starts with an empty machine and ends with the first answer. Every command is shown with what it prints, so that a reader knows when something went wrong.',
  ),
  publication(
    '2026-06-18',
    'scheduled',
    'Letter to the press list',
    { channel: 'press', audience: 'press', owner: 'Mira', words: 300, tags: ['launch'], edges: { uses: 'Press kit' } },
    'Eleven addresses, each greeted by name. One paragraph about the product, one about who needs it, a link to the [[Press kit]], and the date from which it may be quoted.',
  ),
]

export const launchWeek: Section[] = [
  publication(
    '2026-06-23',
    'drafted',
    'Alder 1.0 is here',
    {
      channel: 'blog',
      audience: 'everyone',
      owner: 'Mira',
      words: 1000,
      pictures: true,
      url: 'https://alder.example/blog/one',
      tags: ['launch'],
      edges: { announces: 'Launch day' },
    },
    `The announcement. Follows [[Three reasons to care]] in this order, one picture each, and links to the guide.

Today we release Alder 1.0: a workplace that you run yourself, where people and agents share the same documents, the same board and the same history.`,
  ),
  publication(
    '2026-06-23',
    'scheduled',
    'Launch thread',
    {
      channel: 'mastodon',
      audience: 'everyone',
      owner: 'Jonas',
      words: 180,
      tags: ['launch'],
      edges: { follows: 'Alder 1.0 is here' },
    },
    'Five posts: what it is, what it looks like, how to get it, what it costs (nothing), who made it. The second one carries the board picture.',
  ),
  publication(
    '2026-06-23',
    'scheduled',
    'Launch letter',
    {
      channel: 'newsletter',
      audience: 'everyone',
      owner: 'Mira',
      words: 400,
      tags: ['launch'],
      edges: { follows: 'Alder 1.0 is here' },
    },
    'To everybody who left an address. Thanks the testers first, then says what is new since the beta, then asks for one thing: install it and write back.',
  ),
  publication(
    '2026-06-24',
    'scheduled',
    'For the team that has no server room',
    { channel: 'linkedin', audience: 'teams', owner: 'Ines', words: 220, tags: ['launch'] },
    'For small companies: one box under a desk is enough, and the data never leaves the office. Says plainly what it does not replace.',
  ),
  publication(
    '2026-06-25',
    'scheduled',
    'Ask us anything',
    {
      channel: 'forum',
      audience: 'self-hosters',
      owner: 'Jonas',
      words: 150,
      tags: ['community'],
      edges: { answers: 'Too many questions at once' },
    },
    'Opens a thread for one evening, from 18:00 to 21:00 UTC. All three of us are there; what we cannot answer becomes a ticket with a link.',
  ),
  publication(
    '2026-06-26',
    'scheduled',
    'How a card finds its draft',
    {
      channel: 'blog',
      audience: 'developers',
      owner: 'Ines',
      words: 1500,
      tags: ['how-it-works'],
      edges: { explains: 'Three reasons to care' },
    },
    'A look inside: an agent asks for scheduled cards with a query, writes to one of them, and is refused when a person was faster. With the query itself, ready to be copied.',
  ),
]

export const afterwards: Section[] = [
  publication(
    '2026-06-30',
    'scheduled',
    'The first week in numbers',
    {
      channel: 'newsletter',
      audience: 'everyone',
      owner: 'Mira',
      words: 350,
      tags: ['numbers'],
      edges: { measures: 'What success looks like' },
    },
    'Installations, questions, repairs, and one number that we are not proud of. Compared with [[What success looks like]].',
  ),
  publication(
    '2026-07-02',
    'scheduled',
    'A reporter that never forgets Friday',
    { channel: 'blog', audience: 'teams', owner: 'Jonas', words: 700, tags: ['how-to'] },
    'How to have an agent count what is on a board and write the weekly report into it. A recipe with every step, for people who do not write programs.',
  ),
  publication(
    '2026-07-07',
    'scheduled',
    'Talking about small servers',
    { channel: 'podcast', audience: 'self-hosters', owner: 'Mira', tags: ['community'] },
    'A guest for forty minutes. Notes to prepare: the story, three failures, why the database is one file, what comes next.',
  ),
  publication(
    '2026-07-09',
    'drafted',
    'What broke, and how we know',
    { channel: 'blog', audience: 'developers', owner: 'Ines', words: 1100, tags: ['how-it-works'] },
    `An honest list of the faults of the first two weeks, each with how it was found and which test would have found it earlier.

We keep a list of everything that went wrong after a release. This is the first time that we show it to anybody.`,
  ),
  publication(
    '2026-07-14',
    'scheduled',
    'What comes next',
    {
      channel: 'blog',
      audience: 'everyone',
      owner: 'Mira',
      words: 600,
      tags: ['roadmap'],
      edges: { concludes: 'Three weeks later' },
    },
    'Three things we will do, two we will not, and where to disagree. Written after everybody has read the forum once from top to bottom.',
  ),
]
