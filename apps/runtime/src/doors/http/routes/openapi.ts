import { endpoints, openApiDocument, opSets } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { stringify } from 'yaml'

/** The contract, as the declarations have it. Needs no token: it holds nothing of anybody's. Made once it is asked for. */
export function openApiRoutes(app: FastifyInstance, version: string) {
  const document = once(() => openApiDocument(endpoints, opSets, version))
  const json = once(() => JSON.stringify(document()))
  const yaml = once(() => stringify(document(), { aliasDuplicateObjects: false }))
  app.get('/v1/openapi.json', async (_request, reply) => reply.type('application/json').send(json()))
  app.get('/v1/openapi.yaml', async (_request, reply) => reply.type('application/yaml').send(yaml()))
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
