import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SttListener, SttResult } from '../engine.ts';
import { openScript, readScript } from './script.ts';

const script = {
  agent: [{ startMs: 0, endMs: 400, text: 'hello there' }],
  caller: [{ startMs: 500, endMs: 900, text: 'cancel my account' }],
};

describe('engine script', () => {
  async function play(channels: ('agent' | 'caller')[], durationMs: number) {
    const finals: SttResult[] = [];
    const closed = new Promise<void>((resolve) => {
      const listener: SttListener = {
        partial: () => undefined,
        final: (result) => finals.push(result),
        endpoint: () => undefined,
        lost: () => undefined,
        closed: () => {
          resolve();
        },
      };
      const format = { sampleRate: 8_000, channelCount: channels.length as 1 | 2 } as const;
      void openScript(script)
        .open(format, { channels }, listener)
        .then((connection) => {
          connection.send(Buffer.alloc(durationMs * 16 * channels.length));
          connection.finish();
        });
    });
    await closed;
    return finals;
  }

  it('says each line when its time has come, on its side', async () => {
    expect(await play(['caller'], 899)).toEqual([]);
    expect(await play(['caller'], 900)).toMatchObject([{ text: 'cancel my account', channelIndex: 0, startMs: 500 }]);
    expect((await play(['agent', 'caller'], 1_000)).map(({ text, channelIndex }) => [text, channelIndex])).toEqual([
      ['hello there', 0],
      ['cancel my account', 1],
    ]);
  });

  it('spreads the words of a line over its time', async () => {
    expect((await play(['agent'], 400))[0]?.words).toEqual([
      { text: 'hello', startMs: 0, endMs: 200 },
      { text: 'there', startMs: 200, endMs: 400 },
    ]);
  });

  it('reads a script, and refuses what is none', async () => {
    const file = join(tmpdir(), `earshot-script-${process.pid}.json`);
    writeFileSync(file, JSON.stringify(script));
    expect(await readScript(file)).toEqual(script);
    writeFileSync(file, '{"agent":[{"text":1}]}');
    await expect(readScript(file)).rejects.toMatchObject({ name: 'SttError', retryable: false });
  });
});
