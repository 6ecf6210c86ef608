import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { until } from '../until.ts';
import { encodeRecord } from './record.ts';
import { Store } from './store.ts';

const dependencies = { now: () => 1_795_399_200_000, log: pino({ level: 'silent' }) };
const ROWS = 40;
const key = (n: number) => `row ${n}`;
const value = (n: number) => ({ n, text: `what was said as number ${n} \n\ud83d\ude42`.repeat(1 + (n % 5)) });

describe('Store', () => {
  let folder: string;
  let store: Store;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-store-'));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async () => (store = await Store.open(folder, dependencies));
  const fill = async () => {
    await open();
    for (let n = 1; n <= ROWS; n++) await store.write([{ table: 'events', key: key(n), value: value(n) }]);
    await store.close();
  };
  const files = () => readdirSync(folder).filter((name) => name.endsWith('.rows'));
  const filled = () => {
    const [name = ''] = files();
    return { path: join(folder, name), bytes: readFileSync(join(folder, name)) };
  };
  const rows = async () => new Map((await store.readAll('events')).map((row) => [row.key, row.value]));

  it('keeps the last value of each row over restarts, and forgets what was removed', async () => {
    const step = fc.record({ n: fc.integer({ min: 0, max: 8 }), text: fc.option(fc.string({ unit: 'binary' })) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.constant('restart'), fc.array(step, { maxLength: 3 }))), async (steps) => {
        rmSync(folder, { recursive: true, force: true });
        const expected = new Map<string, unknown>();
        await open();
        for (const changes of steps) {
          if (typeof changes === 'string') {
            await store.close();
            await open();
            continue;
          }
          void store.write(
            changes.map(({ n, text }) => ({ table: 'events', key: key(n), ...(text !== null && { value: text }) })),
          );
          for (const { n, text } of changes) {
            expected.delete(key(n));
            if (text !== null) expected.set(key(n), text);
          }
        }
        await store.close();
        await open();
        expect(await rows()).toEqual(expected);
        await store.close();
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  /** Where the bytes of each row's record begin and end. */
  const spans = (bytes: Buffer) =>
    Array.from({ length: ROWS }, (_, i) => {
      const record = encodeRecord([{ table: 'events', key: key(i + 1), value: value(i + 1) }]);
      const at = bytes.indexOf(record);
      return { n: i + 1, at, end: at + record.length };
    });

  it('loses only the rows of which a byte was changed or cut off, says so, and is written on', async () => {
    const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const damage = fc.oneof(
      fc.record({ what: fc.constant('cut' as const), place }),
      fc.record({
        what: fc.constant('overwritten' as const),
        place,
        by: fc.uint8Array({ minLength: 1, maxLength: 900 }),
      }),
      fc.record({
        what: fc.constant('overwritten' as const),
        place,
        by: fc.nat(2_000).map((n) => new Uint8Array(n + 1)),
      }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (done) => {
        await fill();
        const { path, bytes } = filled();
        const at = Math.floor(done.place * bytes.length);
        const damaged =
          done.what === 'cut'
            ? bytes.subarray(0, at)
            : Buffer.concat([bytes.subarray(0, at), done.by, bytes.subarray(at + done.by.length)]);
        writeFileSync(path, damaged);
        const isWhole = ({ at, end }: { at: number; end: number }) =>
          bytes.subarray(at, end).equals(damaged.subarray(at, end));
        const kept = spans(bytes).filter(isWhole);
        await open();
        const found = await rows();
        for (const { n } of kept) expect(found.get(key(n))).toEqual(value(n));
        expect(found.size).toBe(kept.length);
        const isCutBetweenRows = kept.at(-1)?.end === damaged.length;
        if (kept.length < ROWS && !isCutBetweenRows) {
          expect(store.setAside.lostRows).toBeGreaterThan(0);
          const [setAside = ''] = store.setAside.folders;
          expect(readFileSync(join(setAside, path.slice(folder.length + 1)))).toEqual(damaged);
        }
        await store.write([{ table: 'events', key: 'new', value: 'on' }]);
        await store.close();
        await open();
        expect((await rows()).size).toBe(kept.length + 1);
        await store.close();
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it.each<[string, () => void]>([
    [
      'an empty file',
      () => {
        writeFileSync(filled().path, '');
      },
    ],
    [
      'a file of zeros',
      () => {
        writeFileSync(filled().path, Buffer.alloc(100_000));
      },
    ],
    [
      'one endless line',
      () => {
        writeFileSync(filled().path, Buffer.alloc(9_000_000, 'x'));
      },
    ],
    [
      'JSON that is no rows',
      () => {
        writeFileSync(filled().path, '{"events":[]}\n[1,2\n');
      },
    ],
    [
      'a folder in place of the file',
      () => {
        rmSync(filled().path);
        mkdirSync(join(folder, '000000001.rows'));
      },
    ],
    [
      'a pipe in place of the file',
      () => {
        const { path } = filled();
        rmSync(path);
        execFileSync('mkfifo', [path]);
      },
    ],
    [
      'a symbolic link in place of the file',
      () => {
        const { path } = filled();
        rmSync(path);
        symlinkSync('/dev/zero', path);
      },
    ],
    [
      'the database of another release',
      () => {
        writeFileSync(join(folder, 'data.mdb'), Buffer.alloc(5_000, 'q'));
      },
    ],
  ])('sets %s aside, says so, and is written on', async (what, spoil) => {
    await fill();
    spoil();
    await open();
    expect(store.setAside.folders).toEqual([join(folder, 'damaged-2026-11-23T02-00-00.000Z')]);
    expect(store.setAside.lostRows).toBeGreaterThan(0);
    expect(store.problem).toBeUndefined();
    await store.write([{ table: 'events', key: 'new', value: 'on' }]);
    await store.close();
    await open();
    expect((await rows()).size).toBe(what.includes('database') ? ROWS + 1 : 1);
    // Until a person deletes it.
    expect(store.setAside.folders).toHaveLength(1);
    rmSync(store.setAside.folders[0] ?? '', { recursive: true });
    expect(store.setAside.folders).toEqual([]);
  });

  it('makes room where a file stands in place of its folder', async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'no folder');
    await open();
    await store.write([{ table: 'events', key: 'new', value: 'on' }]);
    const [setAside = ''] = store.setAside.folders;
    expect(readdirSync(setAside)).toHaveLength(1);
  });

  it('goes on where its folder is deleted while it is in use, with every row', async () => {
    await fill();
    await open();
    rmSync(folder, { recursive: true });
    await store.write([{ table: 'events', key: 'new', value: 'on' }]);
    await until(async () => (await Store.readTable(folder, 'events', dependencies)).length === ROWS + 1);
    await store.close();
    await open();
    expect((await rows()).get(key(7))).toEqual(value(7));
  });

  it('goes on where its file is cut while it is in use, without the rows that were cut off', async () => {
    await open();
    for (let n = 1; n <= ROWS; n++) await store.write([{ table: 'events', key: key(n), value: value(n) }]);
    const { path } = filled();
    truncateSync(path, Math.floor(statSync(path).size / 2));
    await store.write([{ table: 'events', key: 'new', value: 'on' }]);
    expect(await store.read('events', key(ROWS))).toBeUndefined();
    expect(await store.read('events', key(1))).toEqual(value(1));
    expect(await store.read('events', 'new')).toBe('on');
    expect(store.setAside.lostRows).toBeGreaterThan(0);
  });

  it('says why it cannot be written, and is written as soon as it can be', async () => {
    rmSync(folder, { recursive: true });
    // Nobody may write there, not even root.
    symlinkSync('/proc/self', folder);
    await open();
    expect(store.problem).toBeDefined();
    await expect(store.write([{ table: 'events', key: 'a', value: 1 }])).rejects.toThrow(store.problem);
    rmSync(folder);
    await store.write([{ table: 'events', key: 'a', value: 1 }]);
    expect(store.problem).toBeUndefined();
    await store.close();
    await open();
    expect(await store.read('events', 'a')).toBe(1);
  });

  it('does not keep on disk what was removed', async () => {
    await open();
    const text = 'x'.repeat(1_000_000);
    await store.write([{ table: 'events', key: 'stays', value: 'through all of it' }]);
    for (let n = 0; n < 120; n++) await store.write([{ table: 'events', key: key(n % 3), value: text }]);
    const used = () => files().reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    await until(() => used() < 60_000_000);
    await store.close();
    await open();
    expect(await store.read('events', 'stays')).toBe('through all of it');
    expect((await rows()).size).toBe(4);
  }, 30_000);

  it('cannot read what it may not, and starts all the same', async () => {
    await fill();
    chmodSync(filled().path, 0);
    await open();
    await store.write([{ table: 'events', key: 'new', value: 'on' }]);
    expect(await store.read('events', 'new')).toBe('on');
  });
});
