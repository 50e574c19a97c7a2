import type { Plugin } from 'vite'

/** The Markdown parser asks the page what an entity means; a worker has no page, and takes the list that comes with it. */
export function withoutDocument(): Plugin {
  const name = 'decode-named-character-reference'
  return {
    name: 'without-document',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (source !== name) return null
      const found = await this.resolve(source, importer, { ...options, skipSelf: true })
      return found ? { ...found, id: found.id.replace('index.dom.js', 'index.js') } : null
    },
  }
}
