import { endpoints, openApiDocument, opSets } from '@loomcycle/proto'
import type { FastifyInstance } from 'fastify'
import { stringify } from 'yaml'

/** The contract, as the declarations have it. Needs no token: it holds nothing of anybody's. */
export function openApiRoutes(app: FastifyInstance, version: string) {
  app.get('/v1/openapi.json', async (_request, reply) => {
    return reply.type('application/json').send(openApiDocument(endpoints, opSets, version))
  })
  app.get('/v1/openapi.yaml', async (_request, reply) => {
    return reply
      .type('application/yaml')
      .send(stringify(openApiDocument(endpoints, opSets, version), { aliasDuplicateObjects: false }))
  })
}
