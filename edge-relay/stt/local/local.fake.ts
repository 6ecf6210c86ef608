import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openLocal } from './local.ts';
import { codedFixture, type FakeVendor, type Fault, NO_FAULTS } from '../vendor.fake.ts';

const STREAMING_MODEL = ['tokens.txt', 'encoder.int8.onnx', 'decoder.onnx', 'joiner.onnx'];
const PIECES_MODEL = ['tokens.txt', 'encoder_model.ort', 'decoder_model_merged.ort'];

/** The local engine with a streaming model, which is coded speech's recogniser here: a real one is too large. */
export async function startFakeLocal(): Promise<FakeVendor> {
  const { drop: _drop, ...others } = NO_FAULTS;
  return startFake(STREAMING_MODEL, others);
}

/** The same with a model that takes a piece of speech at a time. */
export async function startFakeLocalPieces(): Promise<FakeVendor> {
  return startFake(PIECES_MODEL, {
    ...NO_FAULTS,
    drop: 'the child process and its end are the same as with a streaming model, of which it is asked',
    partials:
      'it gives finals first, and all audio is sent at once here: local/piece-recognitions.test.ts asks for them',
  });
}

async function startFake(model: readonly string[], cannot: FakeVendor['cannot']): Promise<FakeVendor> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-local-'));
  for (const file of model) writeFileSync(join(folder, file), '');
  const file = join(folder, 'faults.json');
  writeFileSync(file, '[]');
  const engine = await openLocal({
    folder,
    threads: 1,
    language: 'en-US',
    library: pathToFileURL(join(__dirname, 'library.fake.ts')).href,
  });
  return {
    engine,
    faults: new Proxy([] as Fault[], {
      get: (target, name) =>
        name === 'push'
          ? (...faults: Fault[]) => {
              writeFileSync(file, JSON.stringify([...(JSON.parse(readFileSync(file, 'utf8')) as Fault[]), ...faults]));
            }
          : (Reflect.get(target, name) as unknown),
    }),
    receivedMs: [],
    fixture: codedFixture,
    cannot: {
      ...cannot,
      refuse: 'a local model refuses nobody',
      stall: 'the child process takes all that it is sent; what it has not worked off is its bufferedBytes',
      late: 'there is no network in between',
    },
    close: async () => {
      await engine.close();
      rmSync(folder, { recursive: true });
    },
  };
}
