import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openSherpa } from './sherpa.ts';
import { codedFixture, type FakeVendor, type Fault } from '../vendor.fake.ts';

/** The sherpa engine and its child process, with coded speech in the place of a model, which is too large to bring along. */
export async function startFakeSherpa(): Promise<FakeVendor> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-sherpa-'));
  for (const file of ['tokens.txt', 'encoder.int8.onnx', 'decoder.onnx', 'joiner.onnx'])
    writeFileSync(join(folder, file), '');
  const file = join(folder, 'faults.json');
  writeFileSync(file, '[]');
  const engine = await openSherpa({
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
    heardMs: [],
    fixture: codedFixture,
    cannot: {
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
