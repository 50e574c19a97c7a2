import tailwindcss from '@tailwindcss/vite'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressAssets } from './scripts/compress-assets.ts'
import { preloadRoute } from './scripts/preload-route.ts'
import { serviceWorker } from './scripts/service-worker.ts'
import { withoutDocument } from './scripts/without-document.ts'
import { woff2Only } from './scripts/woff2-only.ts'

const runtime = process.env.LOOMCYCLE_DEV_TARGET ?? 'http://127.0.0.1:8787'

const everyPage = [
  /node_modules\/(?:react|react-dom|scheduler|clsx|@tanstack\/[\w-]+|use-sync-external-store)\//,
  /node_modules\/lucide-react\/dist\/esm\/(?:createLucideIcon|icons\/(?:arrow-up|bot|chevron-down|file-text|menu|text-search|triangle-exclamation-point|x))\.m?js/,
  /packages\/(?:client|proto)\/src\//,
  /src\/lib\//,
  /src\/components\/shell\/page-header\./,
  /src\/components\/ui\/(?:badge|button|icon-button|kbd|skeleton|textarea)\./,
  /src\/features\/chat\/(?:drafts|queries|reading|model\/rows\/plain|components\/(?:transcript\/expanded|problem|menu\/use-commands))\./,
]

/** Of these, what some pages do without. */
const somePages = [
  /packages\/proto\/src\/(?:teams\/|wire\/(?:fold|pictures)\.)/,
  /@tanstack\/[\w-]+\/.*\/(?:queriesObserver|useQueries)\./,
  /src\/lib\/(?:folder-queries|read-capped-runs|read-mentions|json-text|toast|unzip|use-derived|use-handlers|use-sequence|use-watched|browser\/use-(?:copy|media)|joined|runs\/(?:answers|own-answers|question|run-words|spent))\./,
]

const isIn = (list: RegExp[], id: string) => list.some((pattern) => pattern.test(id))

export default defineConfig({
  base: '/',
  // Tests import modules as they are: no routes to generate, no styles to build.
  plugins: process.env.VITEST
    ? []
    : [
        tanstackRouter({
          target: 'react',
          autoCodeSplitting: true,
          quoteStyle: 'single',
          routesDirectory: './src/routes',
          generatedRouteTree: './src/routeTree.gen.ts',
          // Their pages come together, in a file of their own already; one more for each would only name that.
          codeSplittingOptions: {
            splitBehavior: ({ routeId }) =>
              /^\/(?:(?:agents|skills|teams|volumes)\/|models$|usage$)/.test(routeId) ? [] : undefined,
          },
        }),
        react(),
        tailwindcss(),
        woff2Only(),
        preloadRoute(/routes\/chat\.tsx\?tsr-split=component/),
        serviceWorker(),
        compressAssets(),
      ],
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    target: 'es2022',
    manifest: true,
    // What the code needs as a language goes further than what this would help.
    modulePreload: { polyfill: false },
    // Scripts and fonts may only come from 'self'.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: {
        // What every page needs, in one file: a dozen small ones take longer to fetch than to read.
        codeSplitting: {
          groups: [{ name: 'base', test: (id) => isIn(everyPage, id) && !isIn(somePages, id) }],
        },
      },
    },
  },
  // One of Mermaid's layouts, 1.5 MB of it; its diagrams are drawn with the usual one.
  resolve: {
    alias: [{ find: /^elkjs\b.*$/, replacement: `${import.meta.dirname}/src/components/markdown/diagrams/no-elk.ts` }],
  },
  worker: { format: 'es', plugins: () => [withoutDocument()] },
  server: {
    proxy: Object.fromEntries(['/v1', '/ui', '/healthz'].map((path) => [path, { target: runtime }])),
  },
})
