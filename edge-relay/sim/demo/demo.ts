import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readLegs } from '../recordings.ts';
import type { SimulatedCall, SimulatedLeg } from '../simulator.ts';
import dialogue from './dialogue.json';

const turnSchema = z.object({
  channel: z.enum(['agent', 'caller']),
  /** Said one after the other, with a breath between. */
  says: z.array(z.string()),
  /** What a rule must match in this turn. */
  alertPhrases: z.array(z.string()).default([]),
});

/** The demo call as it was written. */
export const demoTurns = z.array(turnSchema).parse(dialogue.turns);

/** The demo's recorded sides, made by `make-demo.ts`. In the bundle they stand in the same place beside it. */
export function demoLegs(): Promise<SimulatedLeg[]> {
  return readLegs(['agent', 'caller'].map(demoFile));
}

function demoFile(channel: string): string {
  return fileURLToPath(new URL(`./${channel}.wav.gz`, import.meta.url));
}

const AGENTS = ['Dana Wills', 'Tomas Reyes', 'Ines Keller', 'Femi Ojo', 'Yuki Mori', 'Lena Brandt'];
const CALLERS = ['R Mills', 'J Costa', 'A Novak', 'P Singh', 'M Dubois', 'K Olsen'];

/** Who is on the line of a simulated call; every `index` is another pair. */
export function simulatedMetadata(index: number): SimulatedCall['metadata'] {
  return {
    linkedid: `${(Date.now() / 1_000).toFixed(3)}.${index + 1}`,
    agent: { id: String(6_001 + index), name: AGENTS[index % AGENTS.length] ?? '' },
    // A range that is kept for films and books.
    caller: {
      number: `+4420794601${String(23 + (index % 70)).padStart(2, '0')}`,
      name: CALLERS[index % CALLERS.length] ?? '',
    },
    campaign: 'RETENTION',
    inGroup: 'SAVE',
    queue: 'save',
  };
}
