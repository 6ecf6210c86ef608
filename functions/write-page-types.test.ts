import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

test('the page’s types are those of the API as it is', () => {
  const current = execFileSync(process.execPath, ['--import', 'tsx', 'functions/write-page-types.ts'], {
    cwd: root,
  }).toString();
  // When this fails, run `npm run api-types` and compile the page.
  expect(readFileSync(join(root, 'web/src/session/api-paths.ts'), 'utf8')).toBe(current);
});
