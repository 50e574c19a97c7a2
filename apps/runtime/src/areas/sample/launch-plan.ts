import { afterwards, beforeLaunch, launchWeek } from './publications.ts'
import type { Section } from './section.ts'

export const milestoneFields = [
  { name: 'date', kind: 'date', required: true },
  { name: 'owner', kind: 'person' },
  { name: 'reached', kind: 'checkbox' },
]

/** It has no status: what a board shows are the publications. */
function milestone(title: string, date: string, owner: string, reached: boolean, body: string): Section {
  return { title, body, type: 'milestone', fields: { date, owner, reached } }
}

/** How an invented product is brought to people, for a board that has something on it from the first minute. */
export const launchPlan: Section = {
  title: 'Launch plan',
  body: 'How Alder 1.0 gets to the people who need it. Alder is an invented product, a workplace for people and agents that runs on one’s own machine; this plan is a sample to try things on. Change it, or delete it: it does not come back.',
  tags: ['sample'],
  under: [
    {
      title: 'How to work with this plan',
      body: `Every publication is a card with a date, a channel and an owner. It is **scheduled** until there is a text, **drafted** until somebody has read it, and **posted** when it is out.

- The agent \`launch/drafter\` takes the card at the top of *Scheduled*, writes a draft into it and moves it on. A card that somebody puts there is drafted at once.
- A person reads what is drafted, changes it, and moves it to *Posted* when it is out.
- The agent \`launch/reporter\` counts what is where and writes the report of the week under this plan, whenever something was posted. Ask it to *watch*, and it waits for whatever happens.

Without a model both agents follow a script. With one they use it.`,
    },
    {
      title: 'Goals',
      body: 'Three pages that everything else is measured by.',
      under: [
        {
          title: 'Who it is for',
          body: 'People who already run a server at home, and teams of three to thirty who would rather own their tools. Not for those who look for somebody else to run it.',
          tags: ['audience'],
        },
        {
          title: 'What success looks like',
          body: 'Three weeks after the launch: 500 installations that answer a question every week, 40 people who have written on the forum, and no lost document.',
          tags: ['numbers'],
        },
        {
          title: 'What we leave out',
          body: 'No paid advertising, no launch event, no comparison tables. If there is time left, it goes into the installer.',
        },
      ],
    },
    {
      title: 'Message',
      body: 'What we say, in the order in which we say it.',
      under: [
        {
          title: 'In one sentence',
          body: 'Alder is a workplace that you run yourself, where people and agents work on the same page.',
          tags: ['message'],
        },
        {
          title: 'Three reasons to care',
          body: `1. Everything is in one place, and that place is yours.
2. Agents work where you can see them, and every change has a name on it.
3. It goes on after a power cut with what it was doing.`,
          tags: ['message'],
        },
        {
          title: 'What we say about privacy',
          body: 'Data stays on the machine unless a model service is configured, and then only what the conversation needs is sent. Never say “completely private” to somebody who has just entered a key.',
          tags: ['message', 'privacy'],
        },
        {
          title: 'Words we use and words we avoid',
          body: 'Say *agent*, *document*, *board*. Avoid *revolution*, *magic*, *seamless*, and every sentence that would fit any other product.',
        },
      ],
    },
    {
      title: 'Milestones',
      body: 'Dates that others depend on.',
      under: [
        milestone(
          'Feature freeze',
          '2026-05-29',
          'Ines',
          true,
          'From here on only repairs. Two ideas were moved to the next version and are happier there.',
        ),
        milestone(
          'Private beta',
          '2026-06-05',
          'Jonas',
          true,
          'Thirty testers, one forum, one letter a week. Ends when the list of things that lose data is empty.',
        ),
        milestone(
          'Release candidate',
          '2026-06-19',
          'Ines',
          false,
          'The version that we would release. It runs on our own machines over the weekend before [[Launch day]].',
        ),
        milestone(
          'Launch day',
          '2026-06-23',
          'Mira',
          false,
          'A Tuesday. The post goes out at 14:00 UTC, when both sides of the ocean are awake, and all three of us stay until 22:00.',
        ),
        milestone(
          'Three weeks later',
          '2026-07-14',
          'Mira',
          false,
          'We sit down with [[What success looks like]] and decide what to do next.',
        ),
      ],
    },
    {
      title: 'Publications',
      body: 'Everything that goes out, in the order of its dates.',
      under: [
        { title: 'Before the launch', body: 'Makes those curious who will tell others.', under: beforeLaunch },
        { title: 'Launch week', body: 'Says it once on every channel, and then answers.', under: launchWeek },
        { title: 'Afterwards', body: 'Shows that somebody is at home.', under: afterwards },
      ],
    },
    {
      title: 'Material',
      body: 'What the publications are made of.',
      under: [
        {
          title: 'Screenshots',
          body: 'Six of them, light and dark: chat, board, card, history, settings, phone. Real content, no invented names of real companies.',
          tags: ['pictures'],
        },
        {
          title: 'Demo recording',
          body: 'Eight minutes in one take. The raw file stays; everything shorter is cut from it.',
          tags: ['pictures', 'demo'],
        },
        {
          title: 'Press kit',
          body: 'One page of facts, the mark in three sizes, the [[Screenshots]], and an address where somebody answers within a day.',
          tags: ['launch'],
        },
      ],
    },
    {
      title: 'Risks',
      body: 'What could go wrong, and what we would do.',
      under: [
        {
          title: 'The installer fails on an old system',
          body: 'Likely. We test on the two oldest systems that are still supported, and the error says which version is needed.',
          tags: ['risk'],
        },
        {
          title: 'Nobody notices',
          body: 'Possible. Then the testers are our first hundred readers, and the plan goes on at half the pace.',
          tags: ['risk'],
        },
        {
          title: 'Too many questions at once',
          body: 'A good problem. One of us answers, one repairs, one sleeps, and we change every four hours.',
          tags: ['risk'],
        },
      ],
    },
  ],
}
