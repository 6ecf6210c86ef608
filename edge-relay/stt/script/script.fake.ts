import { openCodedEngine } from '../engine.fake.ts';
import type { SttResult } from '../engine.ts';
import { codedFixture, type FakeVendor, NO_FAULTS, MONO_8_KHZ } from '../vendor.fake.ts';
import { openScript } from './script.ts';

/** A script of what the coded speech says, when it says it. */
export async function startFakeScript(): Promise<FakeVendor> {
  const finals: SttResult[] = [];
  const ignore = () => undefined;
  const listener = { partial: ignore, endpoint: ignore, lost: ignore, closed: ignore };
  const connection = await openCodedEngine().open(
    MONO_8_KHZ,
    { channels: ['caller'] },
    { ...listener, final: (result) => finals.push(result) },
  );
  connection.send(codedFixture.audio);
  const lines = finals
    .filter(({ text }) => text !== '')
    .map(({ text, words }) => ({ text, startMs: words[0]?.startMs ?? 0, endMs: words.at(-1)?.endMs ?? 0 }));
  const engine = openScript({ caller: lines });
  return {
    engine,
    faults: [],
    receivedMs: [],
    fixture: codedFixture,
    cannot: {
      partials: 'a line is emitted when it has been said',
      ...NO_FAULTS,
    },
    close: () => engine.close(),
  };
}
