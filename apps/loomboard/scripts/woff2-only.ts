import type { Plugin } from 'vite'

/** Every browser this app runs in reads woff2: the older formats that a style sheet names besides stay out of the build. */
export function woff2Only(): Plugin {
  return {
    name: 'woff2-only',
    enforce: 'pre',
    transform: {
      filter: { id: /katex.*\.css$/ },
      handler: (code) => ({ code: code.replace(/,\s*url\([^)]+\.(?:woff|ttf)\)\s*format\("[^"]+"\)/g, ''), map: null }),
    },
  }
}
