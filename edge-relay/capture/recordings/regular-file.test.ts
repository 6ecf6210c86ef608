import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotRegularError, openRegular } from './regular-file.ts';

describe('openRegular', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-regular-')));
    mkdirSync(join(folder, 'in'));
    mkdirSync(join(folder, 'in-other'));
    writeFileSync(join(folder, 'in-other/file'), 'out');
    symlinkSync(join(folder, 'in-other'), join(folder, 'in/link'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('opens what lies in the folder', async () => {
    writeFileSync(join(folder, 'in/file'), 'text');
    const file = await openRegular(join(folder, 'in/file'), join(folder, 'in'));
    expect(await file.readFile('utf8')).toBe('text');
    await file.close();
  });

  it.each(['in/link/file', 'in-other/file', 'in/../in-other/file'])('does not open %s, which lies elsewhere', (path) =>
    expect(openRegular(join(folder, path), join(folder, 'in'))).rejects.toThrow(NotRegularError),
  );

  it.each([
    ['/dev/null', 'a device'],
    ['/dev', 'a folder'],
    ['/proc/self/exe', 'a symbolic link'],
  ])('does not open %s, which is %s', (path, kind) =>
    expect(openRegular(path, '/')).rejects.toThrow(`this is ${kind}: only regular files are read`),
  );

  it('says when there is nothing', () =>
    expect(openRegular(join(folder, 'in/none'), folder)).rejects.toMatchObject({ code: 'ENOENT' }));
});
