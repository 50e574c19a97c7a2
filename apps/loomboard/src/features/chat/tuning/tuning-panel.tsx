import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { modelLabel } from '../../../components/definitions/model-label.ts'
import { modelsQuery } from '../../../components/definitions/queries.ts'
import { Button } from '../../../components/ui/button.tsx'
import { Input } from '../../../components/ui/input.tsx'
import { Popover } from '../../../components/ui/popover.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { useStore } from '../../../lib/browser/store.ts'
import { describeError } from '../../../lib/describe-error.ts'
import { toast } from '../../../lib/toast.ts'
import { tuningOpen } from './chosen.ts'
import { choosable, isNothing, type Overrides, overridesWords } from './overrides.ts'
import { tune, tuneNew } from './tuning.ts'

interface TuningPanelProps {
  sessionId: string | undefined
  agent: string
  /** As it is now. */
  overrides: Overrides
  trigger: ReactNode
}

export function TuningPanel({ trigger, ...props }: TuningPanelProps) {
  const isOpen = useStore(tuningOpen)
  return (
    <Popover
      open={isOpen}
      onOpenChange={tuningOpen.set}
      label="Model of this conversation"
      trigger={trigger}
      className="w-[min(22rem,calc(100vw-1.5rem))] p-3"
    >
      {isOpen && <Tuning {...props} />}
    </Popover>
  )
}

const efforts = ['minimal', 'low', 'medium', 'high'] as const
const drawing = [
  { name: 'temperature', label: 'Temperature', min: 0, max: 2, step: 0.1 },
  { name: 'top_p', label: 'Top p', min: 0, max: 1, step: 0.05 },
  { name: 'top_k', label: 'Top k', min: 1, step: 1 },
  { name: 'seed', label: 'Seed', step: 1 },
] as const

function Tuning({ sessionId, agent, overrides: before }: Omit<TuningPanelProps, 'trigger'>) {
  const [chosen, setChosen] = useState(before)
  const [state, setState] = useState<'choosing' | 'saving' | { problem: string }>('choosing')
  const set = (next: Overrides) => setChosen({ ...chosen, ...next })

  async function use(overrides: Overrides): Promise<void> {
    if (!sessionId) {
      tuneNew(overrides)
      tuningOpen.set(false)
      return
    }
    setState('saving')
    try {
      await tune(sessionId, overrides)
      tuningOpen.set(false)
      const what = isNothing(overrides) ? `${agent} is as it was` : overridesWords(overrides)
      toast.info('From the next turn on', what)
    } catch (error) {
      setState({ problem: describeError(error).reason.replace(/^[a-z_]+: /, '') })
    }
  }

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (state !== 'saving') void use(chosen)
      }}
    >
      <p className="text-muted text-xs">
        For this conversation alone; the agent {agent} stays as it is, with all that it may do.
      </p>
      <ModelChoice chosen={chosen} onChange={set} />
      <div className="grid grid-cols-2 gap-2">
        {drawing.map(({ name, label, ...range }) => (
          <NumberField
            key={name}
            label={label}
            {...range}
            value={chosen.sampling?.[name]}
            onChange={(value) => set({ sampling: { ...chosen.sampling, [name]: value } })}
          />
        ))}
        <NumberField
          label="Longest answer"
          min={1}
          step={1}
          value={chosen.max_tokens}
          onChange={(max_tokens) => set({ max_tokens })}
        />
      </div>
      {typeof state === 'object' && (
        <p role="alert" className="text-danger text-sm">
          {state.problem}
        </p>
      )}
      <div className="flex items-center justify-between gap-2">
        <Button
          size="sm"
          variant="ghost"
          disabled={isNothing(before) || state === 'saving'}
          onClick={() => void use({})}
        >
          Restore
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={state === 'saving'}>
          {sessionId ? 'Use from the next turn' : 'Use for this chat'}
        </Button>
      </div>
    </form>
  )
}

function ModelChoice({ chosen, onChange }: { chosen: Overrides; onChange: (next: Overrides) => void }) {
  const id = useId()
  const { data, error, isPending } = useQuery(modelsQuery)
  const services = choosable(data)
  // A model is one of a service: both are chosen together.
  const value = chosen.model
    ? `${chosen.provider ?? ''}\n${chosen.model}`
    : chosen.provider
      ? `${chosen.provider}\n`
      : ''
  const service = services.find(({ provider }) => provider === chosen.provider)
  const model = service?.models.find(({ id: name }) => name === (chosen.model ?? service.default_model))
  const isKnown = value === '' || (service !== undefined && (!chosen.model || model !== undefined))
  return (
    <>
      <div>
        <label htmlFor={`${id}-model`} className="mb-1 block font-medium text-sm">
          Model
        </label>
        <Select
          id={`${id}-model`}
          className="w-full"
          value={value}
          onChange={({ target }) => {
            const [provider = '', name = ''] = target.value.split('\n')
            onChange({ provider: provider || undefined, model: name || undefined })
          }}
        >
          <option value="">As the agent has it</option>
          {!isKnown && <option value={value}>{value.replace('\n', ' · ')}</option>}
          {services.map(({ provider, models, default_model }) => (
            <optgroup key={provider} label={provider}>
              {models.length === 0 && <option value={`${provider}\n`}>{provider}’s usual model</option>}
              {models.map((one) => (
                <option key={one.id} value={`${provider}\n${one.id}`}>
                  {modelLabel(one, default_model)}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        {model?.loaded === false && (
          <p className="mt-1 text-faint text-xs">
            {model.id} is not loaded: its first answer takes as long as reading it from the disk does.
          </p>
        )}
        <p className="mt-1 text-faint text-xs">
          {isPending
            ? 'Asking the services…'
            : error
              ? describeError(error).reason
              : services.length === 0
                ? 'No model service is set up.'
                : services.flatMap((one) => one.error ?? []).join(' ')}
        </p>
      </div>
      <div>
        <label htmlFor={`${id}-effort`} className="mb-1 block font-medium text-sm">
          Effort
        </label>
        <Select
          id={`${id}-effort`}
          className="w-full"
          value={chosen.effort ?? ''}
          onChange={({ target }) => onChange({ effort: efforts.find((effort) => effort === target.value) })}
        >
          <option value="">As the agent has it</option>
          {efforts.map((effort) => (
            <option key={effort} value={effort}>
              {effort}
            </option>
          ))}
        </Select>
        {chosen.effort && model && !model.effort && (
          <p className="mt-1 text-faint text-xs">{model.id} cannot be told how much to think, as far as is known.</p>
        )}
      </div>
    </>
  )
}

function NumberField(props: {
  label: string
  min?: number
  max?: number
  step: number
  value: number | undefined
  onChange: (value: number | undefined) => void
}) {
  const id = useId()
  const { label, value, onChange, ...range } = props
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-muted text-xs">
        {label}
      </label>
      <Input
        id={id}
        type="number"
        {...range}
        placeholder="As it is"
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? undefined : Number(target.value))}
        className="h-8 text-sm tabular-nums"
      />
    </div>
  )
}
