import type { wire } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, useId } from 'react'
import { Input } from '../../../ui/input.tsx'
import { Select } from '../../../ui/select.tsx'
import { modelLabel } from '../../model-label.ts'
import { modelsQuery } from '../../queries.ts'

type Common = Pick<ComponentProps<'input'>, 'id' | 'aria-describedby' | 'aria-invalid'>
type ChoiceProps = Common & { value: string; onChange: (value: string) => void }

/** One of the services that are set up. */
export function ProviderSelect({ value, onChange, ...common }: ChoiceProps) {
  const { data } = useQuery(modelsQuery)
  const providers = data?.providers ?? []
  const isKnown = value === '' || providers.some(({ provider }) => provider === value)
  const usual = providers.find((provider) => provider.default)?.provider
  return (
    <Select {...(common as object)} className="w-64" value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{usual ? `The runtime’s (${usual})` : 'The runtime’s'}</option>
      {!isKnown && <option value={value}>{data ? `${value}, which is not set up` : value}</option>}
      {providers.map(({ provider }) => (
        <option key={provider} value={provider}>
          {provider}
        </option>
      ))}
    </Select>
  )
}

/** A model of the service; a name that the service does not know can be written all the same. */
export function ModelSelect({ value, onChange, provider, ...common }: ChoiceProps & { provider: string | undefined }) {
  const { data } = useQuery(modelsQuery)
  const list = useId()
  const service = serviceOf(data, provider)
  const models = service?.models ?? []
  const isUnknown =
    value !== '' &&
    service !== undefined &&
    !service.error &&
    models.length > 0 &&
    !models.some(({ id }) => id === value)
  return (
    <>
      <Input
        {...common}
        list={models.length > 0 ? list : undefined}
        autoCapitalize="none"
        spellCheck={false}
        placeholder={service?.default_model ?? 'The service’s usual one'}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="max-w-96 font-mono text-sm"
      />
      <datalist id={list}>
        {models.map((model) => (
          <option key={model.id} value={model.id} label={modelLabel(model)} />
        ))}
      </datalist>
      {isUnknown && <p className="mt-1 text-warn text-xs">{service.provider} does not list a model of that name.</p>}
      {service?.error && <p className="mt-1 text-warn text-xs">{service.error}</p>}
    </>
  )
}

/** The one that is named, or the one that is used where none is. */
function serviceOf(
  catalogue: wire.ModelCatalogue | undefined,
  provider: string | undefined,
): wire.CatalogueProvider | undefined {
  return catalogue?.providers.find((known) => (provider ? known.provider === provider : known.default))
}
