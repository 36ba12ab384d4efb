import { defineEvent } from '@heliobus/core'
import * as z from 'zod'

const synthesis_id = z.string()

export const SynthesisTriggered = defineEvent('synthesis.triggered', {
  data: z.object({ synthesis_id, reason: z.enum(['solar_storm', 'birth_data']) }),
  summary: 'A synthesis is out of date and is being made anew',
  trigger: 'The active memory was invalidated',
  producer: 'synthesis',
  consumers: { synthesis: 'makes the synthesis' },
  examples: [{ synthesis_id: 's1', reason: 'solar_storm' }],
})

export const SynthesisCompleted = defineEvent('synthesis.completed', {
  data: z.object({ synthesis_id }),
  summary: 'A synthesis was made',
  trigger: 'The synthesis has been calculated',
  producer: 'synthesis',
  consumers: { synthesis: 'keeps it in the active memory' },
  examples: [{ synthesis_id: 's1' }],
})

export const SynthesisUpdated = defineEvent('synthesis.updated', {
  data: z.object({ synthesis_id }),
  summary: 'The active memory holds a new synthesis',
  trigger: 'A completed synthesis was stored',
  producer: 'synthesis',
  consumers: { notification: 'tells the people it is about' },
  examples: [{ synthesis_id: 's1' }],
})
