import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Bool, Int, type Of, object, optional, Text, Time } from './schema.ts'

export const CatalogueModel = object('CatalogueModel', {
  id: Text('As the service calls it.'),
  effort: optional(Bool('It can be told how much to think.')),
  size_bytes: optional(Int('On the disk of the machine that it runs on.')),
  loaded: optional(Bool('Whether it is in the memory of that machine, and answers without being read first.')),
})
export type CatalogueModel = Of<typeof CatalogueModel>

export const CatalogueProvider = object('CatalogueProvider', {
  provider: Text(),
  default: optional(Bool('Used where an agent names no service.')),
  default_model: optional(Text('Used where an agent of this service names no model.')),
  scripted: optional(Bool('It plays scripts; no model is behind it.')),
  models: Type.Array(CatalogueModel, { description: 'In order of name.' }),
  read_at: optional(Time('When the service was asked.')),
  error: optional(Text('Why the service could not be asked; the models are those it named before, if it did.')),
})
export type CatalogueProvider = Of<typeof CatalogueProvider>

export const ModelCatalogue = object('ModelCatalogue', { providers: Type.Array(CatalogueProvider) })
export type ModelCatalogue = Of<typeof ModelCatalogue>

export const modelEndpoints = {
  listModels: endpoint({
    method: 'GET',
    path: '/v1/_models',
    summary: 'The model services that are set up, and what models each of them has',
    access: 'runs:read',
    query: object('ModelsQuery', { fresh: optional(Bool('Ask the services again, though they were asked lately.')) }),
    result: ModelCatalogue,
    errors: ['invalid_request'],
    envelope: 'json',
  }),
}
