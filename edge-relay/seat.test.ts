import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Seat, SeatFolderError, SeatTakenError, takeSeat } from './seat.ts';

describe('takeSeat', () => {
  let folder: string;
  const seats: Seat[] = [];
  let asked: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-seat-'));
    asked = 0;
  });
  afterEach(async () => {
    await Promise.all(seats.splice(0).map((seat) => seat.leave()));
    rmSync(folder, { recursive: true });
  });

  async function take(options: Partial<Parameters<typeof takeSeat>[1]> = {}): Promise<Seat> {
    const seat = await takeSeat(join(folder, 'spool'), {
      takesOver: false,
      onAsked: () => asked++,
      log: pino({ level: 'silent' }),
      ...options,
    });
    seats.push(seat);
    return seat;
  }

  it('says which folder cannot be used, and what to do', async () => {
    writeFileSync(join(folder, 'file'), '');
    for (const unusable of [join(folder, 'file', 'spool'), join(folder, 'too-long-for-a-socket-'.repeat(8))]) {
      const taken = takeSeat(unusable, { takesOver: false, onAsked: () => undefined, log: pino({ level: 'silent' }) });
      await expect(taken).rejects.toThrow(SeatFolderError);
      await expect(taken).rejects.toThrow(`The spool's folder ${unusable} cannot be used`);
    }
  });

  it('gives a spool to one process at a time', async () => {
    const first = await take();
    await expect(take()).rejects.toThrow(SeatTakenError);
    expect(asked).toBe(0);
    await first.leave();
    await take();
  });

  it('asks the one who has it, and waits until they have left', async () => {
    let [isLeaving, hasLeft] = [false, false];
    const first = await take({
      onAsked: () => {
        isLeaving = true;
        setImmediate(() => {
          hasLeft = true;
          void first.leave();
        });
      },
    });
    await take({ takesOver: true });
    expect([isLeaving, hasLeft]).toEqual([true, true]);
  });

  it('gives up on one who does not leave, and leaves the seat to them', async () => {
    await take();
    await expect(take({ takesOver: true, timeoutMs: 50 })).rejects.toThrow('did not hand over');
    expect(asked).toBe(1);
    await expect(take()).rejects.toThrow(SeatTakenError);
  });

  it.each([
    [
      'a file in place of the folder',
      (spool: string) => {
        writeFileSync(spool, 'no folder');
      },
    ],
    [
      'a link to nowhere in place of the folder',
      (spool: string) => {
        symlinkSync('nowhere', spool);
      },
    ],
    [
      'a folder in place of the socket',
      (spool: string) => mkdirSync(join(spool, 'relay.sock', 'full'), { recursive: true }),
    ],
    [
      'a file in place of the socket',
      (spool: string) => {
        mkdirSync(spool);
        writeFileSync(join(spool, 'relay.sock'), 'no socket');
      },
    ],
  ])('sets %s aside', async (_, prepare) => {
    const spool = join(folder, 'spool');
    prepare(spool);
    await take();
    expect(readdirSync(spool).sort()).toEqual([expect.stringMatching(/^damaged-/), 'relay.sock']);
    await expect(take()).rejects.toThrow(SeatTakenError);
  });

  it('does not wait for a process that was killed', async () => {
    const spool = join(folder, 'spool');
    await (await take()).leave();
    const path = join(spool, 'relay.sock');
    const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('listens'))`;
    const child = spawn(process.execPath, ['-e', script]);
    await once(child.stdout, 'data');
    await expect(take()).rejects.toThrow(SeatTakenError);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(path)).toBe(true);
    await take();
  });
});
