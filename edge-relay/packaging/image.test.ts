import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const projectFolder = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8');
const images = (path: string, line: RegExp) => Array.from(read(path).matchAll(line), ([, image = '']) => image);

it('has every base image named by tag and digest, and the same one everywhere', () => {
  const bases = images('edge-relay/packaging/Dockerfile', /^FROM (\S+)/gm);
  const workflows = readdirSync(join(projectFolder, '.github/workflows'));
  const tested = workflows.flatMap((name) => images(`.github/workflows/${name}`, /^ +image: (\S+)/gm));
  expect(bases).toHaveLength(2);
  expect(tested).not.toEqual([]);
  for (const image of [...bases, ...tested])
    expect(image).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim@sha256:[0-9a-f]{64}$/);
  expect(new Set([...bases, ...tested]).size).toBe(1);
});

it('is built of all folders that the relay’s packages are made of', () => {
  const copied = images('edge-relay/packaging/Dockerfile', /^COPY (core|edge-relay|licenses) \1$/gm);
  expect(copied.sort()).toEqual(['core', 'edge-relay', 'licenses']);
});
