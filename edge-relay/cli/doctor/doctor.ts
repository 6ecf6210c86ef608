import type { EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import { Command } from 'commander';
import { CONTRACT_VERSION } from '#core/contracts/version.ts';
import { version } from '../../../package.json';
import { readSettings, settingsMask } from '../../config.ts';
import type { MaskSecrets } from '../../secrets.ts';
import type { RelaySettings } from '../../settings.ts';
import { checkBus } from './bus.ts';
import { askCloud, checkControl, type CloudAnswer } from './control.ts';
import { checkEngine } from './engine.ts';
import { checkDoors } from './doors.ts';
import { type Diagnosis, problem, warning } from './finding.ts';
import { checkRecordings, checkSpool } from './folders.ts';
import { checkCalls, checkMemory, checkRelay, checkSides, checkWaiting, checkWords } from './live.ts';
import { bridgedCalls, checkManager } from './manager.ts';
import { checkHttpAccess, checkPort } from './ports.ts';
import { askRunningRelay, type RunningRelay } from './running-relay.ts';
import { checkSpeech } from './speech.ts';
import { checkVersions } from './versions.ts';
import { checkVicidial } from './vicidial.ts';

interface Surroundings {
  readonly settings: RelaySettings;
  readonly aws: EventBridgeClientConfig;
  /** The relay that runs here already. */
  readonly relay: RunningRelay | undefined;
  readonly cloud: CloudAnswer | undefined;
}

type Check = (surroundings: Surroundings) => Diagnosis | Promise<Diagnosis>;

/** In the order in which a person would look. */
const checks: Readonly<Record<string, Check>> = {
  'speech engine': ({ settings }) => checkEngine(settings, settings.EARSHOT_ENGINE),
  'fallback engine': ({ settings }) =>
    settings.EARSHOT_FALLBACK_ENGINE === undefined
      ? warning(
          'none is set',
          'Set EARSHOT_FALLBACK_ENGINE, so that calls are transcribed while the first engine is away.',
        )
      : checkEngine(settings, settings.EARSHOT_FALLBACK_ENGINE),
  'event bus': ({ settings, aws }) => checkBus(settings, aws),
  'control channel': ({ cloud }) => checkControl(cloud),
  versions: ({ cloud, relay }) => checkVersions({ version, contractVersion: CONTRACT_VERSION }, cloud, relay),
  spool: ({ settings }) => checkSpool(settings),
  'AudioSocket port': ({ settings, relay }) =>
    checkPort(
      settings.EARSHOT_AUDIOSOCKET_HOST,
      settings.EARSHOT_AUDIOSOCKET_PORT,
      'EARSHOT_AUDIOSOCKET_PORT',
      relay !== undefined,
    ),
  'HTTP port': ({ settings, relay }) =>
    checkPort(settings.EARSHOT_HTTP_HOST, settings.EARSHOT_HTTP_PORT, 'EARSHOT_HTTP_PORT', relay !== undefined),
  'POST /legs': ({ settings }) => checkHttpAccess(settings),
  'open to': ({ settings }) => checkDoors(settings),
  'manager interface': ({ settings, relay }) => checkManager(settings, relay !== undefined),
  'spoken alerts': ({ settings }) => checkSpeech(settings),
  sides: ({ settings }) => checkSides(settings),
  recordings: ({ settings }) => checkRecordings(settings),
  ViciDial: ({ settings }) => checkVicidial(settings),
  relay: ({ relay }) => checkRelay(relay),
  calls: async ({ relay, settings }) => checkCalls(relay, settings, await bridgedCalls(settings)),
  words: ({ relay }) => checkWords(relay),
  events: ({ relay }) => checkWaiting(relay),
  memory: ({ relay }) => checkMemory(relay),
};

/**
 * Tries everything the relay depends on, each independently, and queries the relay that runs. `aws`:
 * region, endpoint and credentials, where they do not come from AWS's own environment.
 */
export async function examine(
  settings: RelaySettings,
  aws: EventBridgeClientConfig = {},
): Promise<Map<string, Diagnosis>> {
  const mask = settingsMask(settings);
  const [relay, cloud] = await Promise.all([askRunningRelay(settings), askCloud(settings, aws)]);
  const surroundings = { settings, aws, relay, cloud };
  // The proof of the manager user's rights listens where the relay would: whether it could is checked before.
  const early = await findingsOf(
    Object.entries(checks).filter(([name]) => name.endsWith(' port')),
    surroundings,
    mask,
  );
  const rest = await findingsOf(
    Object.entries(checks).filter(([name]) => !early.has(name)),
    surroundings,
    mask,
  );
  return new Map(
    Object.keys(checks)
      .flatMap((name) => [[name, early.get(name) ?? rest.get(name)] as const])
      .filter(isFound),
  );
}

const isFound = (entry: readonly [string, Diagnosis | undefined]): entry is readonly [string, Diagnosis] =>
  entry[1] !== undefined;

async function findingsOf(
  wanted: readonly (readonly [string, Check])[],
  surroundings: Surroundings,
  mask: MaskSecrets,
): Promise<Map<string, Diagnosis>> {
  const findings = wanted.map(async ([name, check]) => {
    try {
      return [name, masked(await check(surroundings), mask)] as const;
    } catch (error) {
      const diagnosis = problem((error as Error).message, 'This should not happen; please report it with this line.');
      return [name, masked(diagnosis, mask)] as const;
    }
  });
  return new Map(await Promise.all(findings));
}

function masked(diagnosis: Diagnosis, mask: MaskSecrets): Diagnosis {
  const { found, advice } = diagnosis;
  return { ...diagnosis, found: mask(found), ...(advice !== undefined && { advice: mask(advice) }) };
}

const MARKS = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const;

/** One line a check, and under it what to do. */
export function printFindings(findings: ReadonlyMap<string, Diagnosis>): string {
  const lines = Array.from(findings, ([name, { verdict, found, advice }]) => [
    `${MARKS[verdict]}  ${name}: ${found}`,
    ...(advice === undefined ? [] : [`         ${advice}`]),
  ]);
  const count = (wanted: Diagnosis['verdict']) =>
    [...findings.values()].filter(({ verdict }) => verdict === wanted).length;
  return [...lines.flat(), '', `${count('problem')} problems, ${count('warning')} warnings`].join('\n');
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check everything the relay depends on, and say what to do')
    .action(async () => {
      const findings = await examine(readSettings());
      console.log(printFindings(findings));
      if ([...findings.values()].some(({ verdict }) => verdict === 'problem')) process.exitCode = 1;
    });
}
