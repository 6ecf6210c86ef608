import fc from 'fast-check';
import { pino } from 'pino';
import { AmiError, type Originated } from '../capture/ami/client.ts';
import { type AmiHeaders, MessageParser, writeMessage } from '../capture/ami/protocol.ts';
import { callTelephone, type TelephoneCall } from './telephones.ts';

const log = pino({ level: 'silent' });
const options = { channel: 'PJSIP/{extension}', allowed: /^\d+$/ };
const call: TelephoneCall = {
  requestId: '6f9619ff-8b86-4011-b42d-00cf4fc964ff',
  extension: '6100',
  callerName: 'Listen: Dana Wills',
  callerNumber: '6001',
  application: 'ChanSpy',
  data: 'PJSIP/6001-0000000a,quE',
};
const ending = (originated: Originated) => ({ originate: () => Promise.resolve(originated) });

describe('callTelephone', () => {
  it.each([
    [0, 'failed'],
    [1, 'no-answer'],
    [3, 'no-answer'],
    [5, 'busy'],
    [8, 'failed'],
    [NaN, 'failed'],
  ])('knows what reason %d means', async (reason, outcome) => {
    expect(await callTelephone(ending({ isUp: false, reason }), options, call, log)).toBe(outcome);
  });

  it('is answered when the channel is up', async () => {
    expect(await callTelephone(ending({ isUp: true, reason: 4 }), options, call, log)).toBe('answered');
  });

  it.each([
    ['Permission denied', 'refused'],
    ['Originate Access Forbidden: app or data blacklisted', 'refused'],
    ['Asterisk’s manager interface is not connected', 'failed'],
  ])('takes "%s" from Asterisk for %s', async (message, outcome) => {
    const ami = { originate: () => Promise.reject(new AmiError(message)) };
    expect(await callTelephone(ami, options, call, log)).toBe(outcome);
  });

  it('shows a name that Asterisk can read, whatever somebody is called', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (callerName, callerNumber) => {
        let asked: AmiHeaders = {};
        const originate = (action: AmiHeaders) => {
          asked = action;
          return Promise.resolve({ isUp: true, reason: 4 });
        };
        await callTelephone({ originate }, options, { ...call, callerName, callerNumber }, log);
        const [, name = '', number = ''] = /^"([^"<>\\,;]*)" <(\d*)>$/.exec(asked['CallerID'] ?? '') ?? ['', '?', '?'];
        expect(name.length).toBeLessThanOrEqual(60);
        expect(number === '' || number === callerNumber).toBe(true);
        let messages = 0;
        new MessageParser(() => messages++).push(Buffer.from(writeMessage(asked)));
        expect(messages).toBe(1);
      }),
    );
  });
});
