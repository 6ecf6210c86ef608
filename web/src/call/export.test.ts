import { alertOn, callSummary, monitorOn, utterance } from '../live/example.ts';
import { headOf, toCopy, toCsv, toJson, toSrt, toText, toVtt, type ExportedCall } from './export.ts';

const sides = { agent: 'Agent', caller: 'Caller', mixed: 'Both' };
const call: ExportedCall = {
  call: callSummary('a'),
  lines: [
    { ...utterance('a', 1, 0, 'agent'), startMs: 200, endMs: 1000, text: 'How can I help?' },
    {
      ...utterance('a', 2, -0.4),
      startMs: 3_661_005,
      endMs: 3_662_500,
      text: '=cancel, "now" <b>&',
      gapBeforeMs: 4200,
      language: { tag: 'nl-NL', from: 'engine' },
    },
  ],
  alerts: [alertOn('a', 2)],
  monitors: [monitorOn('a', 1, 'answered')],
};

test('text has a line for each utterance, and says what was lost', () => {
  expect(toText(call, sides)).toBe(
    '00:00 Agent: How can I help?\n[00:04 of audio lost]\n1:01:01 Caller: =cancel, "now" <b>&\n',
  );
});

test('what is copied says whose call it is, when it was, and which', () => {
  const metadata = { agent: { id: '7', name: 'Dana W.' }, caller: { number: '+442079460661' } };
  const copied = toCopy({ ...call, call: callSummary('berlin-1', { metadata }) }, sides);
  const [agent, caller, started, callId, empty, ...words] = copied.split('\n');
  expect([agent, caller, callId, empty]).toEqual(['Agent: Dana W. (7)', 'Caller: …0661', 'Call: berlin-1', '']);
  expect(started).toMatch(/^Started: .*2026.*\d\d:\d\d/);
  expect(words.join('\n')).toBe(toText(call, sides));
  expect(headOf(callSummary('a')).map(([, value]) => value)).toContain('Unknown agent');
});

test('a CSV is what spreadsheets know as UTF-8; its fields are quoted where they must be, and never a formula', () => {
  expect(toCsv(call).split('\r\n')).toEqual([
    '\uFEFFseq,channel,startMs,endMs,language,text,score,label,rules',
    '1,agent,200,1000,,How can I help?,0,neutral,',
    `2,caller,3661005,3662500,nl-NL,"'=cancel, ""now"" <b>&",-0.4,negative,Keywords`,
    '',
  ]);
});

test('SRT numbers its cues and has commas in its times', () => {
  expect(toSrt(call, sides)).toBe(
    '1\n00:00:00,200 --> 00:00:01,000\nAgent: How can I help?\n' +
      '\n2\n01:01:01,005 --> 01:01:02,500\nCaller: =cancel, "now" <b>&\n',
  );
});

test('VTT names the voices and escapes markup', () => {
  expect(toVtt(call, sides)).toBe(
    'WEBVTT\n\n00:00:00.200 --> 00:00:01.000\n<v Agent>How can I help?\n' +
      '\n01:01:01.005 --> 01:01:02.500\n<v Caller>=cancel, "now" &lt;b&gt;&amp;\n',
  );
});

test('JSON holds everything', () => {
  const { call: summary, lines, alerts, monitors } = call;
  expect(JSON.parse(toJson(call))).toEqual({ call: summary, utterances: lines, alerts, monitors });
});

test('a call without words is an empty transcript, not an error', () => {
  const silent = { ...call, lines: [], alerts: [] };
  expect([toText(silent, sides), toSrt(silent, sides), toVtt(silent, sides)]).toEqual(['', '', 'WEBVTT\n']);
});
