import { endpoints, RuntimeError } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { findHelp, helpIndex } from '../../../areas/introspection/help/topics.ts'
import type { AppContext } from '../../../context.ts'
import { bundles, findBundle, toYaml } from '../../../ground/config/bundles/index.ts'
import { editorSchema } from '../../../ground/config/editor-schema.ts'
import { envTemplate } from '../../../ground/config/env/template.ts'
import { modelServices } from '../../../models/providers/registry.ts'
import { addRoute } from '../route.ts'

export function configurationRoutes(app: FastifyInstance, { authenticate, config, reload }: AppContext) {
  addRoute(app, authenticate, endpoints.reloadConfig, () => reload())
  addRoute(app, authenticate, endpoints.listPresets, async () => ({
    units: bundles.map(({ name, description }) => ({ name, kind: 'bundle', description })),
  }))
  addRoute(app, authenticate, endpoints.getPreset, async ({ params: { name } }) => {
    const bundle = findBundle(name)
    if (!bundle) {
      const names = bundles.map((known) => known.name)
      throw new RuntimeError('unknown_preset', `there is no preset "${name}"; there are ${names.join(', ')}`)
    }
    return { name, yaml: toYaml(bundle) }
  })
  addRoute(app, authenticate, endpoints.getEnvTemplate, async () => ({ env: envTemplate(modelServices) }))
  addRoute(app, authenticate, endpoints.listHelp, async () => helpIndex(config.help))
  addRoute(app, authenticate, endpoints.getHelp, async ({ params: { topic } }) => findHelp(config.help, topic))
  // Editors ask for it without a token; it holds nothing of anybody's.
  app.get('/v1/config.schema.json', async (_request, reply) =>
    reply.type('application/schema+json').send(editorSchema()),
  )
}
