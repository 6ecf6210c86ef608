import { extensionOf, isMachine, localPeer, olderId, tapUuid } from './channel-name.ts';

it.each([
  ['PJSIP/6001-0000000a', '6001'],
  ['PJSIP/trunk-berlin-0000000a', 'trunk-berlin'],
  ['SIP/cc100-000003f1', 'cc100'],
  ['Local/6001@from-queue/n', '6001'],
  ['Local/6001@from-queue-00000012;1', '6001'],
  ['PJSIP/6001', '6001'],
])('%s is called at %s', (channelName, extension) => {
  expect(extensionOf(channelName)).toBe(extension);
});

it('knows the other half of a Local channel', () => {
  expect(localPeer('Local/6001@agents-00000012;1')).toBe('Local/6001@agents-00000012;2');
  expect(localPeer('Local/6001@agents-00000012;2')).toBe('Local/6001@agents-00000012;1');
  expect(localPeer('PJSIP/6001-0000000a')).toBeUndefined();
});

it('tells machines from people', () => {
  expect(isMachine('AudioSocket/10.0.0.2:9093-6f9619ff-8b86-4011-b42d-00cf4fc964ff')).toBe(true);
  expect(isMachine('PJSIP/6001-0000000a')).toBe(false);
});

it('finds the UUID in the name of a tap', () => {
  const uuid = '6f9619ff-8b86-4011-b42d-00cf4fc964ff';
  expect(tapUuid(`AudioSocket/10.0.0.2:9093-${uuid}`)).toBe(uuid);
  expect(tapUuid(`PJSIP/${uuid}`)).toBeUndefined();
});

it('orders ids by their seconds, then by their count', () => {
  expect(olderId('1795399538.10', '1795399538.9')).toBe('1795399538.9');
  expect(olderId('1795399537.99', '1795399538.9')).toBe('1795399537.99');
  expect(olderId('berlin-1795399538.2', 'berlin-1795399537.3')).toBe('berlin-1795399537.3');
});
