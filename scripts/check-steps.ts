export interface CheckStep {
  name: string
  command: [string, ...string[]]
}

const typedProjects = [
  'packages/proto',
  'packages/client',
  'apps/runtime',
  'apps/loomboard',
  'e2e',
  'bench',
  'fault',
  'scripts',
]

/** Everything that can be said about the code without running it. */
export const checkSteps: CheckStep[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  ...typedProjects.map((project): CheckStep => ({ name: `types of ${project}`, command: ['tsc', '-p', project] })),
  { name: 'regular expressions are linear', command: ['node', 'scripts/check-regexes.ts'] },
  { name: 'nothing unused', command: ['knip'] },
]
