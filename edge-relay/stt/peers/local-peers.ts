import { bytesOf } from '../../audio/samples.ts';
import { parseSettings } from '../../config.ts';
import { demoLegs } from '../../sim/demo/demo.ts';
import type { SttResult } from '../engine.ts';
import { openEngine } from '../engines.ts';
import { openScript } from '../script/script.ts';
import { openCodedEngine } from './coded-engine.ts';
import { codedFixture, type EnginePeer, MONO_8_KHZ } from './peer.ts';

const IN_PROCESS = 'it runs in the relay itself: there is no connection to break';

/** PocketSphinx with the demo's caller; needs libpocketsphinx3 and pocketsphinx-en-us, which `npm start` installs. */
export async function startPocketSphinxPeer(): Promise<EnginePeer> {
  const engine = await openEngine(parseSettings({}), 'pocketsphinx');
  const caller = (await demoLegs())[1];
  if (!caller) throw new Error('the demo has no caller');
  // The caller's first turn: 7 s to 13.5 s of the demo call, and a second of what follows.
  const turn = bytesOf(caller.samples.subarray(7 * 8_000, 13.5 * 8_000));
  const sentence = 'Hello, my internet has been down since Monday and nobody called me back.';
  return {
    engine,
    faults: [],
    heardMs: [],
    fixture: {
      sentences: [sentence, sentence],
      audio: Buffer.concat([turn, turn]),
      startsMs: [200, 6_700],
      wordErrors: 0.25,
    },
    cannot: { drop: IN_PROCESS, refuse: IN_PROCESS, stall: IN_PROCESS, late: IN_PROCESS },
    close: () => engine.close(),
  };
}

/** A script of what the coded speech says, when it says it. */
export async function startScriptPeer(): Promise<EnginePeer> {
  const finals: SttResult[] = [];
  const listener = { partial: () => undefined, endpoint: () => undefined, closed: () => undefined };
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
    heardMs: [],
    fixture: codedFixture,
    cannot: {
      partials: 'a line is told when it has been said',
      drop: IN_PROCESS,
      refuse: IN_PROCESS,
      stall: IN_PROCESS,
      late: IN_PROCESS,
    },
    close: () => engine.close(),
  };
}
