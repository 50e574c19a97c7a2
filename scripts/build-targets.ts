export interface BuildTarget {
  name: string
  /** Globs over everything that ends up in the output, from the root. */
  inputs: string[]
  exclude: string[]
  /** The file whose absence means that there is no build. */
  output: string
  cwd: string
  command: [string, ...string[]]
}

const tests = ['**/*.test.ts', '**/*.test.tsx']
const dependencies = ['pnpm-lock.yaml', 'tsconfig.base.json']

export const buildTargets: BuildTarget[] = [
  {
    name: 'loomboard',
    inputs: [
      ...dependencies,
      'apps/loomboard/*.{ts,json,html}',
      'apps/loomboard/{src,public,scripts}/**',
      'packages/{client,proto}/package.json',
      'packages/{client,proto}/src/**',
    ],
    // The router's tree is written by the build itself, from the routes.
    exclude: [...tests, '**/routeTree.gen.ts'],
    output: 'apps/loomboard/dist/index.html',
    cwd: 'apps/loomboard',
    command: ['vite', 'build', '--logLevel', 'error'],
  },
  {
    name: 'runtime',
    inputs: [
      ...dependencies,
      'apps/runtime/package.json',
      'apps/runtime/{src,scripts}/**',
      'packages/proto/{package.json,openapi.json}',
      'packages/proto/src/**',
    ],
    exclude: tests,
    output: 'apps/runtime/dist/main.js',
    cwd: 'apps/runtime',
    command: ['node', 'scripts/build.ts'],
  },
]
