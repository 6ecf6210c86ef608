import type { Settings } from '../../config.ts';
import { bytesPerMs, type SttEngine, SttError } from '../../stt/engine.ts';
import { openEngine } from '../../stt/engines.ts';
import { ANSWER_MS, type Finding, ok, problem } from './finding.ts';

type EngineName = Settings['EARSHOT_ENGINE'];

const FORMAT = { sampleRate: 8_000, channelCount: 1 } as const;

/** What an engine's refusal may be due to. */
const SETTINGS: Readonly<Record<EngineName, string>> = {
  deepgram: 'DEEPGRAM_API_KEY, EARSHOT_DEEPGRAM_URL, EARSHOT_DEEPGRAM_MODEL and EARSHOT_LANGUAGE',
  transcribe:
    'AWS_REGION, EARSHOT_LANGUAGE, EARSHOT_TRANSCRIBE_VOCABULARY, and that the AWS credentials allow transcribe:StartStreamTranscription',
  sherpa: 'EARSHOT_SHERPA_MODEL',
  openai: 'OPENAI_API_KEY, EARSHOT_OPENAI_URL and EARSHOT_OPENAI_MODEL',
  pocketsphinx: 'the EARSHOT_POCKETSPHINX_… settings',
  script: 'EARSHOT_SCRIPT_FILE',
};

/** Opens a stream, sends a second of silence, and waits for its end in good order: the key is good if that works. */
export async function checkEngine(settings: Settings, name: EngineName): Promise<Finding> {
  let engine: SttEngine | undefined;
  try {
    engine = await openEngine(settings, name);
    await engine.probe?.();
    const answeredMs = await trySilence(engine);
    return ok(`${name} answers (in ${answeredMs} ms)`);
  } catch (error) {
    const found = `${name}: ${(error as Error).message}`;
    return error instanceof SttError && !error.retryable
      ? problem(found, `Check ${SETTINGS[name]}.`)
      : problem(found, `Check that this machine may reach ${name}: firewall, proxy, address. Then ${SETTINGS[name]}.`);
  } finally {
    await engine?.close();
  }
}

async function trySilence(engine: SttEngine): Promise<number> {
  const startedAt = performance.now();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new SttError(`no answer within ${ANSWER_MS / 1_000} s`, { retryable: true }));
    }, ANSWER_MS);
    const closed = (error?: SttError) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    };
    const listener = { partial: () => undefined, final: () => undefined, endpoint: () => undefined, closed };
    engine.open(FORMAT, { channels: ['caller'] }, listener).then((connection) => {
      connection.send(Buffer.alloc(1_000 * bytesPerMs(FORMAT)));
      connection.finish();
    }, closed);
  });
  return Math.round(performance.now() - startedAt);
}
